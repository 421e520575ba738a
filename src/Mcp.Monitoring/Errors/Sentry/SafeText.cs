using System.Buffers;
using System.Text;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>Makes hostile text into text that every reader of an envelope takes: bounded, valid Unicode, no control characters but tabs and line breaks.</summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';
    private const char Cut = '…';

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static string Clean(string text, int limit)
    {
        if (text.Length <= limit && !MayBeUnsafe(text))
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
                clean.Append(IsUnsafe(c) ? Replacement : c);
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

    // Ranges, since these are searched many characters at a time; tabs and line breaks are sorted out by the slower way.
    private static bool MayBeUnsafe(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('\0', '\u001F') || text.ContainsAnyInRange('\u007F', '\u009F') || text.ContainsAnyInRange('\uD800', '\uDFFF');

    private static bool IsUnsafe(char c) => char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\t' or '\n' or '\r'));
}
