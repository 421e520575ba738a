using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Benchmarks.Exposition;

/// <summary>One scrape into the writer's memory.</summary>
internal readonly struct ScrapeOp(MetricsRegistry registry, ExpositionWriter writer, ExpositionFormat format) : IOp
{
    public long Run()
    {
        registry.Write(writer, format);
        return writer.Written.Length;
    }
}

/// <summary>One scrape by the plain writer.</summary>
internal readonly struct PlainScrapeOp(PlainScrape scrape, ExpositionFormat format) : IOp
{
    public long Run()
    {
        scrape.Write(format);
        return scrape.Written.Length;
    }
}
