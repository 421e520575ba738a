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

    /// <summary>Gets the formats that are text.</summary>
    public static IReadOnlyList<ExpositionFormat> TextFormats { get; } = [ExpositionFormat.Text, ExpositionFormat.OpenMetrics];

    public static IReadOnlyList<ParsedFamily> Families(MetricsPage page, ExpositionFormat format) =>
        format == ExpositionFormat.Protobuf ? [.. Messages(page).Select(family => family.Parsed)] : ExpositionParser.Parse(Text(page, format), format);

    public static IReadOnlyList<MessageFamily> Messages(MetricsPage page)
    {
        ExpositionWriter writer = page.Registry.CreateWriter();
        page.Write(writer, ExpositionFormat.Protobuf, page.HostRegistries?.Collect(ExpositionFormat.Protobuf));
        return MessageReader.Families(writer.Written);
    }

    public static IEnumerable<ParsedSample> Samples(MetricsPage page, ExpositionFormat format) => Families(page, format).SelectMany(family => family.Samples);
}
