using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>A registry that is sampled when the test says so.</summary>
internal sealed class SampledRegistry
{
    public static readonly MetricDefinition Calls = new("mcp_test_calls_total", MetricKind.Counter, "A test.", "kind");
    public static readonly MetricDefinition Size = new("mcp_test_size", MetricKind.Gauge, "A test.", "kind");
    public static readonly MetricDefinition Time = new("mcp_test_duration_seconds", MetricKind.Histogram, "A test.", "kind");

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public SampledRegistry(MetricsOptions? options = null, int mostSeries = SampleStore.MostSeries, TimeSpan? interval = null)
    {
        Clock = new MonitoringClock(TimeProvider.System);
        Registry = new MetricsRegistry(options ?? new MetricsOptions(), Clock);
        var errors = new InternalErrors(NullLoggerFactory.Instance, Clock) { Counted = component => Registry.MonitoringErrors.With(component).Increment() };
        Store = new SampleStore(new MetricsPage(Registry), errors, interval ?? Interval, mostSeries);
    }

    public MonitoringClock Clock { get; }

    public MetricsRegistry Registry { get; }

    public SampleStore Store { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>Samples, one interval after the last time.</summary>
    public void Sample(TimeSpan? after = null)
    {
        Now += after ?? Interval;
        Store.Sample(Now);
    }

    public void SampleFor(TimeSpan time, Action? before = null)
    {
        for (TimeSpan end = Now + time; Now < end;)
        {
            before?.Invoke();
            Sample();
        }
    }

    public SampledSeries Series(string metric, params string[] values)
    {
        foreach (SampledSeries series in Store.Of(metric))
        {
            if (series.Values.SequenceEqual(values))
            {
                return series;
            }
        }

        throw new InvalidOperationException($"There is no {metric} of {string.Join(", ", values)}.");
    }

    public double Increase(string metric, TimeSpan window, params string[] values) => Store.Increase(Series(metric, values), window);
}
