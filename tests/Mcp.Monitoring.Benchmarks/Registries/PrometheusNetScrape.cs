using Mcp.Monitoring.Benchmarks.Harness;
using Prometheus;
using ExpositionFormat = Mcp.Monitoring.Metrics.Exposition.ExpositionFormat;

namespace Mcp.Monitoring.Benchmarks.Registries;

/// <summary>One scrape of prometheus-net into memory that is kept.</summary>
internal readonly struct PrometheusNetScrape(CollectorRegistry registry, MemoryStream text, ExpositionFormat format) : IOp
{
    public long Run()
    {
        text.SetLength(0);
        registry.CollectAndExportAsTextAsync(text, format == ExpositionFormat.OpenMetrics
            ? Prometheus.ExpositionFormat.OpenMetricsText
            : Prometheus.ExpositionFormat.PrometheusText).GetAwaiter().GetResult();
        return text.Length;
    }
}
