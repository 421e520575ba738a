using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Benchmarks.Harness;
using Prometheus;

namespace Mcp.Monitoring.Benchmarks.Registries;

/// <summary>The four metrics of an operation in prometheus-net, each bound to its labels beforehand.</summary>
internal sealed class PrometheusNetTools(CollectorRegistry registry, IReadOnlyList<double> bounds)
{
    private readonly MetricFactory _factory = Prometheus.Metrics.WithCustomRegistry(registry);

    public Op Tool(string name) => new(
        _factory.CreateGauge("active_requests", "In progress.", "operation_type").WithLabels("tools"),
        _factory.CreateHistogram("operation_duration_seconds", "Time.", new HistogramConfiguration { Buckets = [.. bounds], LabelNames = ["operation_type", "operation", "status"] })
            .WithLabels("tools", name, "success"),
        _factory.CreateCounter("operations_total", "Ended.", "operation_type", "operation", "outcome").WithLabels("tools", name, "success"),
        _factory.CreateGauge("operation_last_success", "Last.", "operation_type", "operation").WithLabels("tools", name));

    /// <summary>Makes a registry with about so many samples, most of them of histograms, as ours.</summary>
    public static CollectorRegistry WithSamples(int samples, IReadOnlyList<double> bounds)
    {
        CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
        var tools = new PrometheusNetTools(registry, bounds);
        int ofTool = bounds.Count + 1 + 2 + 2;
        for (int i = 0; i < samples / ofTool; i++)
        {
            tools.Tool(string.Create(CultureInfo.InvariantCulture, $"tool_{i}")).Run();
        }

        return registry;
    }

    /// <summary>One success: in progress, duration, outcome, last success.</summary>
    internal readonly struct Op(Gauge.Child inProgress, Histogram.Child duration, Counter.Child ended, Gauge.Child lastSuccess) : IOp
    {
        public long Run()
        {
            inProgress.Inc();
            var start = Stopwatch.GetTimestamp();
            var end = Stopwatch.GetTimestamp();
            inProgress.Dec();
            duration.Observe(Stopwatch.GetElapsedTime(start, end).TotalSeconds);
            ended.Inc();
            lastSuccess.Set(end);
            return end;
        }
    }
}
