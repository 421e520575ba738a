using System.Globalization;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Registry;

/// <summary>The target of an operation's attribute is an edge of its histogram, and of no other's.</summary>
public sealed class OwnTargetTests : IDisposable
{
    private const string Name = "mcp_operation_duration_seconds";
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    public static TheoryData<double> Targets() => [0.5, 1, 4.9, 5, 7, 123.4, 300, 333, 1_500, 29_999, 299_999, 300_000, 300_001, 3_600_000];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Calls_are_counted_exactly_on_both_sides_of_it(double target)
    {
        Operation report = Describe("report", target);
        long edge = (long)decimal.Floor((decimal)(target / 1000) * _host.Registry.Clock.Frequency);
        foreach (OperationOutcome outcome in (OperationOutcome[])[OperationOutcome.Success, OperationOutcome.ServerError])
        {
            Call(report, outcome, edge - 1);
            Call(report, outcome, edge);
            Call(report, outcome, edge + 1);
            Call(report, outcome, 100 * edge);
        }

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            foreach (string status in (string[])["success", "error"])
            {
                Assert.Equal(2, Bucket("report", status, target / 1000, format));
                Assert.Equal(4, Bucket("report", status, double.PositiveInfinity, format));
            }
        }
    }

    [Fact]
    public void Other_operations_have_the_usual_edges()
    {
        Describe("report", 300);
        Operation other = _host.Operation(OperationType.Tools, "other");
        Call(other, OperationOutcome.Success, 1);

        Assert.Equal(double.NaN, Bucket("other", "success", 0.3));
        Assert.Equal(1, Bucket("other", "success", 0.5));
        Assert.Equal(_host.Registry.Buckets.Count, BucketsOf("other"));
        Assert.Equal(_host.Registry.Buckets.Count + 1, BucketsOf("report"));
    }

    [Fact]
    public void Target_that_is_an_edge_already_adds_none()
    {
        Describe("report", 200);

        Assert.Equal(_host.Registry.Buckets.Count, BucketsOf("report"));
    }

    [Fact]
    public void Target_that_becomes_known_later_changes_no_count_that_was_there()
    {
        Operation report = _host.Operation(OperationType.Tools, "report");
        double[] seconds = [0.001, 0.2, 0.25, 0.4, 0.5, 0.6, 400];
        foreach (double time in seconds)
        {
            Call(report, OperationOutcome.Success, Ticks(time));
            Call(report, OperationOutcome.ServerError, Ticks(time));
        }

        Dictionary<string, double> before = Series();
        report.Describe(new OperationTraits(LatencyTargetMs: 300));
        Dictionary<string, double> after = Series();

        Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key]));
        Assert.Equal(before.Count + 2, after.Count);

        // On which side of it the two between 0.2 and 0.5 were nobody knows.
        Assert.Equal(2, Bucket("report", "success", 0.3));
        Call(report, OperationOutcome.Success, Ticks(0.3));
        Assert.Equal(3, Bucket("report", "success", 0.3));
        Assert.Equal(6, Bucket("report", "success", 0.5));
    }

    [Fact]
    public void Calls_while_it_becomes_known_are_all_counted()
    {
        const int Threads = 8;
        const int Each = 5_000;
        Operation report = _host.Operation(OperationType.Tools, "report");
        using var crowd = new Crowd(Threads, thread =>
        {
            for (int i = 0; i < Each; i++)
            {
                Call(report, i % 2 == 0 ? OperationOutcome.Success : OperationOutcome.ServerError, Ticks(0.001 * (i % 700)));
            }

            if (thread == 0)
            {
                report.Describe(new OperationTraits(LatencyTargetMs: 300));
            }
        });

        crowd.Go();
        do
        {
            foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
            {
                Assert.NotEmpty(Scrape.Families(_host.Page, format));
            }
        }
        while (crowd.IsAtWork);

        crowd.Join();
        Assert.Equal(Threads * Each / 2, Bucket("report", "success", double.PositiveInfinity));
        Assert.Equal(Threads * Each / 2, Bucket("report", "error", double.PositiveInfinity));
    }

    [Fact]
    public void First_of_two_targets_stays()
    {
        Operation report = Describe("report", 300);
        report.Describe(new OperationTraits(LatencyTargetMs: 700));

        Assert.Equal(0, Bucket("report", "success", 0.3));
        Assert.Equal(double.NaN, Bucket("report", "success", 0.7));
    }

    [Fact]
    public void What_many_operations_share_has_the_target_of_none()
    {
        using var host = new TestHost(options => options.Prometheus.SeriesCap = 1);
        OperationCatalog catalog = host.Services.GetRequiredService<OperationCatalog>();
        catalog.GetOrAdd(OperationType.Tools, "first");
        Operation other = catalog.GetOrAdd(OperationType.Tools, "second");

        other.Describe(new OperationTraits(Owner: "team", LatencyTargetMs: 300));

        Assert.Equal(OperationLabels.Other, other.Name);
        Assert.Equal(OperationTraits.None, other.Traits);
    }

    private Operation Describe(string name, double target)
    {
        Operation operation = _host.Operation(OperationType.Tools, name);
        operation.Describe(new OperationTraits(LatencyTargetMs: target));
        return operation;
    }

    private long Ticks(double seconds) => _host.Registry.Clock.ToTicks(TimeSpan.FromSeconds(seconds));

    private static void Call(Operation operation, OperationOutcome outcome, long ticks)
    {
        operation.Started();
        operation.Ended(outcome, ticks, end: 0, context: null);
    }

    private Dictionary<string, double> Series() =>
        Scrape.Samples(_host.Page, ExpositionFormat.Text).Where(sample => sample.Name == Name + "_bucket" && sample.Label("operation") == "report")
            .ToDictionary(sample => sample.Series, sample => sample.Value, StringComparer.Ordinal);

    private int BucketsOf(string operation) => Scrape.Samples(_host.Page, ExpositionFormat.Text)
        .Count(sample => sample.Name == Name + "_bucket" && sample.Label("operation") == operation && sample.Label("status") == "success");

    private double Bucket(string operation, string status, double le, ExpositionFormat format = ExpositionFormat.Text)
    {
        ParsedSample[] found = [.. Scrape.Samples(_host.Page, format).Where(sample => sample.Name == Name + "_bucket"
            && sample.Label("operation") == operation && sample.Label("status") == status && BoundOf(sample) == le)];
        return found.Length == 0 ? double.NaN : Assert.Single(found).Value;
    }

    private static double BoundOf(ParsedSample sample) =>
        sample.Label("le") is "+Inf" ? double.PositiveInfinity : double.Parse(sample.Label("le")!, CultureInfo.InvariantCulture);
}
