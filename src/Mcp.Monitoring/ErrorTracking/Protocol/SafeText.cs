using System.Buffers;
using System.Text;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>Makes hostile text into text that every reader of an envelope takes: bounded, valid Unicode, no control characters but tabs and line breaks.</summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';
    private const char Cut = '…';

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c).Except(['\t', '\n', '\r']), .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static string Clean(string text, int limit)
    {
        if (text.Length <= limit && !text.AsSpan().ContainsAny(Suspects))
        {
            return text;
        }

        if (limit <= 0)
        {
            return "";
        }

        var clean = new StringBuilder(Math.Min(text.Length, limit));
        bool isCut = text.Length > limit;
        int end = isCut ? limit - 1 : text.Length;
        for (int i = 0; i < end; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (!isCut || i + 1 < end || !char.IsHighSurrogate(c))
            {
                clean.Append(Suspects.Contains(c) ? Replacement : c);
            }
        }

        return isCut ? clean.Append(Cut).ToString() : clean.ToString();
    }

    /// <summary>Text for a place that takes one line only.</summary>
    public static string Line(string text, int limit)
    {
        string clean = Clean(text, limit);
        return clean.AsSpan().ContainsAny('\r', '\n', '\t') ? clean.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ') : clean;
    }

    /// <summary>Whether it is an id as W3C and Sentry write it: so many lower-case hexadecimal digits, not all of them 0.</summary>
    public static bool IsId(string? text, int digits) =>
        text is not null && text.Length == digits && !text.AsSpan().ContainsAnyExcept(LowerHex) && text.AsSpan().ContainsAnyExcept('0');
}
