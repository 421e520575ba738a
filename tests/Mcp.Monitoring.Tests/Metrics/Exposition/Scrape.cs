using System.Text;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>Renders a page and reads it back; bytes that are no UTF-8 are a failure.</summary>
internal static class Scrape
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Text(MetricsPage page, ExpositionFormat format)
    {
        ExpositionWriter writer = page.Registry.CreateWriter();
        page.Write(writer, format);
        return Strict.GetString(writer.Written.Span);
    }

    public static IReadOnlyList<ParsedFamily> Families(MetricsPage page, ExpositionFormat format) => ExpositionParser.Parse(Text(page, format), format);

    public static IEnumerable<ParsedSample> Samples(MetricsPage page, ExpositionFormat format) => Families(page, format).SelectMany(family => family.Samples);
}
