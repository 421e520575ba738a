using System.Text;

namespace Mcp.Monitoring.Operations;

/// <summary>Text as UTF-8 can write it: half a character becomes the replacement character, or two series would be one on the page, which spoils the whole scrape.</summary>
internal static class WellFormedText
{
    public static string Of(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
