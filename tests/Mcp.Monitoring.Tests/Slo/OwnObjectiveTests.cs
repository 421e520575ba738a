using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Slo;
using Mcp.Monitoring.Tests.Sampling;

namespace Mcp.Monitoring.Tests.Slo;

/// <summary>The latency target of an attribute is judged to the tick, whatever it is, and nobody is warned of it.</summary>
public class OwnObjectiveTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ObservedBook _book = new();

    [Theory]
    [InlineData(0.5)]
    [InlineData(123.4)]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(45_000)]
    [InlineData(300_001)]
    [InlineData(3_600_000)]
    public void Every_target_is_judged_and_none_is_a_fault(double target)
    {
        OperationCells report = Report();
        report.Describe(new OperationTraits(LatencyTargetMs: target));
        _book.Call(seconds: target / 1000, operation: report, count: 3);
        _book.Call(seconds: (target / 1000) + 1e-6, operation: report, count: 2);
        _book.Sample();

        Assert.Empty(_book.Book.Faults);
        Assert.Equal(new SloEvents(3, 5), _book["tools/report/latency"].Events(Hour));
    }

    [Fact]
    public void Objectives_of_all_operations_count_those_with_an_edge_more_as_well()
    {
        OperationCells report = Report();
        report.Describe(new OperationTraits(LatencyTargetMs: 300));
        _book.Call(seconds: 0.1, operation: report);
        _book.Call(seconds: 0.25, operation: report);
        _book.Call(seconds: 0.4, operation: report);
        _book.Call(seconds: 0.6, operation: report);
        _book.Call(seconds: 0.1);
        _book.Sample();

        Assert.Equal(new SloEvents(2, 5), _book["latency_p95"].Events(Hour));
        Assert.Equal(new SloEvents(4, 5), _book["latency_p99"].Events(Hour));
        Assert.Equal(new SloEvents(2, 4), _book["tools/report/latency"].Events(Hour));
    }

    [Fact]
    public void Target_that_becomes_known_later_counts_what_comes_then()
    {
        OperationCells report = Report();
        _book.Call(seconds: 0.25, operation: report, count: 4);
        _book.Call(seconds: 0.6, operation: report, count: 2);
        _book.Sample();

        report.Describe(new OperationTraits(LatencyTargetMs: 300));
        _book.Sample();
        Assert.Equal(new SloEvents(0, 0), _book["tools/report/latency"].Events(Hour));

        _book.Call(seconds: 0.3, operation: report);
        _book.Call(seconds: 0.4, operation: report);
        _book.Sample();
        Assert.Equal(new SloEvents(1, 2), _book["tools/report/latency"].Events(Hour));
        Assert.Equal(new SloEvents(6, 8), _book["latency_p99"].Events(Hour));
    }

    [Fact]
    public void Samples_of_the_histogram_have_the_edges_that_all_share()
    {
        var sampled = new SampledRegistry();
        OperationCells report = sampled.Registry.Operations.Create(OperationType.Tools, "report");
        report.Describe(new OperationTraits(LatencyTargetMs: 300));
        sampled.Sample();
        foreach (double seconds in (double[])[0.25, 0.3, 0.4, 0.6])
        {
            report.Started();
            report.Ended(OperationOutcome.Success, sampled.Clock.ToTicks(TimeSpan.FromSeconds(seconds)), end: 0, context: null);
        }

        sampled.Sample();

        SampledSeries series = sampled.Series(MetricNames.OperationDuration.Name, "tools", "report", "success");
        double[] increases = new double[sampled.Registry.Buckets.Count];
        Assert.True(sampled.Store.TryReadBuckets(series, TimeSpan.FromMinutes(1), increases));
        Assert.Equal(sampled.Registry.Buckets.Bounds, sampled.Store.Bounds(MetricNames.OperationDuration.Name));
        Assert.Equal((3, 1), (increases[sampled.Registry.Buckets.EdgeOf(0.5)], increases[sampled.Registry.Buckets.EdgeOf(1)]));
    }

    private OperationCells Report() => _book.Registry.Operations.Create(OperationType.Tools, "report");
}
