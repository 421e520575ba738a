using System.Buffers;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value that ends with its word, as in a sentence, on a command line, in <c>key=value</c> lists of logs and libpq, or between <c>&amp;</c> in a form.</summary>
internal static class WordValue
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\u00A0\"'`;<&,\\");

    private const string Closing = ",.)]}:!>?";

    public static int End(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        while (true)
        {
            int next = text[at..].IndexOfAny(Ends);
            if (next < 0)
            {
                return text.Length;
            }

            at += next;
            if (IsEnd(text, at, out int step))
            {
                return at;
            }

            at += step;
        }
    }

    /// <summary>What closes the sentence around a value is no part of it.</summary>
    public static int Trimmed(ReadOnlySpan<char> text, int start, int end) => start + text[start..end].TrimEnd(Closing).Length;

    private static bool IsEnd(ReadOnlySpan<char> text, int at, out int step)
    {
        step = 1;
        char next = Assignment.CharAt(text, at + 1);
        switch (text[at])
        {
            case '\\':
                // libpq and shells: a space behind a backslash goes on. JSON: a quote ends.
                step = next is ' ' ? 2 : 1;
                return next is '"' or '\'';
            case '"' or '\'' or '`':
                return !char.IsLetterOrDigit(next);
            case '<':
                return XmlTag.IsClosing(text, at) || IsTag(text, at);
            case '&':
                return Assignment.IsAt(text, at + 1, '=') || text[at..].StartsWith("&quot;", StringComparison.Ordinal) || text[at..].StartsWith("&amp;", StringComparison.Ordinal);
            case ',':
                return Assignment.IsAt(text, at + 1);
            default:
                return true;
        }
    }

    private static bool IsTag(ReadOnlySpan<char> text, int at)
    {
        int end = at + 1;
        while (end - at < 16 && char.IsAsciiLetterOrDigit(Assignment.CharAt(text, end)))
        {
            end++;
        }

        return end > at + 1 && (Assignment.CharAt(text, end) == '>' || text[end..].StartsWith("/>", StringComparison.Ordinal));
    }
}
