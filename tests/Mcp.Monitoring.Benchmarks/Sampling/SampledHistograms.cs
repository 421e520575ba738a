using System.Globalization;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Benchmarks.Sampling;

/// <summary>A store that has sampled histograms for some minutes, a call a second each, as after days.</summary>
internal sealed class SampledHistograms
{
    public const int Count = 1_000;
    public const string Metric = "mcp_test_duration_seconds";

    private const int CallsBefore = 2_000;
    private const int Samples = 70;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly MetricDefinition Definition = new(Metric, MetricKind.Histogram, "A test.", "kind");

    private readonly MonitoringClock _clock = new(TimeProvider.System);
    private readonly Random _random = new(Count);
    private readonly Histogram[] _histograms;

    public SampledHistograms()
    {
        var registry = new MetricsRegistry(new MetricsOptions(), _clock);
        Store = new SampleStore(new MetricsPage(registry), new InternalErrors(NullLoggerFactory.Instance, _clock), Interval);
        HistogramFamily family = registry.Histogram(Definition);
        TimeSpan now = Interval;
        Store.Sample(now);

        _histograms = [.. Enumerable.Range(0, Count).Select(i => family.With(string.Create(CultureInfo.InvariantCulture, $"{i}")))];
        Observe(CallsBefore);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Store.Sample(now += Interval);
        Bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        for (var i = 0; i < Samples; i++)
        {
            Observe((int)Interval.TotalSeconds);
            Store.Sample(now += Interval);
        }
    }

    public SampleStore Store { get; }

    /// <summary>What the samples of all histograms take.</summary>
    public long Bytes { get; }

    private void Observe(int calls)
    {
        foreach (Histogram histogram in _histograms)
        {
            for (var i = 0; i < calls; i++)
            {
                histogram.Observe(_clock.ToTicks(TimeSpan.FromSeconds(0.003 * Math.Pow(3_000, _random.NextDouble()))));
            }
        }
    }
}
