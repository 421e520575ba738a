using System.Text;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>Renders a registry and reads it back; bytes that are no UTF-8 are a failure.</summary>
internal static class Scrape
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Text(MetricsRegistry registry, ExpositionFormat format)
    {
        ExpositionWriter writer = registry.CreateWriter();
        registry.Write(writer, format);
        return Strict.GetString(writer.Written.Span);
    }

    public static IReadOnlyList<ParsedFamily> Families(MetricsRegistry registry, ExpositionFormat format) =>
        ExpositionParser.Parse(Text(registry, format), format);

    public static IEnumerable<ParsedSample> Samples(MetricsRegistry registry, ExpositionFormat format) =>
        Families(registry, format).SelectMany(family => family.Samples);
}
