using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;

namespace Mcp.Monitoring.Benchmarks.Exposition;

/// <summary>One scrape into the writer's memory.</summary>
internal readonly struct ScrapeOp(MetricsPage page, ExpositionWriter writer, ExpositionFormat format) : IOp
{
    public long Run()
    {
        page.Write(writer, format);
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
