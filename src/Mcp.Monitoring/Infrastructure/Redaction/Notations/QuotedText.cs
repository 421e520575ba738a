using Mcp.Monitoring.Infrastructure.Redaction.Escapes;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>Text in quotes: where it ends, by the escapes of its notation.</summary>
internal static class QuotedText
{
    // «Russian» and “typographic” quotes; these have no escapes.
    private const int LongestPrefix = 2;
    // In a shell an apostrophe ends its string, is escaped, and begins the next.
    private const string OfShell = "'\\''";
    private const string Openers = "«“„‘‹", Closers = "»”“’›";

    /// <summary>Finds the quote that closes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where what is quoted begins.</param>
    /// <param name="quote">The quote in front of it.</param>
    /// <param name="escapes">How the notation writes a quote inside.</param>
    /// <param name="isOneLine">Whether it ends with its line.</param>
    /// <returns>-1 where there is none, as in text that was cut.</returns>
    public static int Close(ReadOnlySpan<char> text, int start, char quote, Escape escapes, bool isOneLine)
    {
        for (int at = start; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '\\' && escapes.Has(Escape.Backslash))
            {
                at++;
            }
            else if (c == quote)
            {
                if (quote == '\'' && text[at..].StartsWith(OfShell, StringComparison.Ordinal))
                {
                    at += OfShell.Length - 1;
                }
                else if (IsDoubled(text, at, quote, escapes))
                {
                    at++;
                }
                else if (!IsInside(text, at))
                {
                    return at;
                }
            }
            else if (isOneLine && c is '\r' or '\n')
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>Whether a quote opens here: after a letter it is an apostrophe, or the sign of an inch.</summary>
    public static bool Opens(ReadOnlySpan<char> text, int at) => !char.IsLetterOrDigit(Assignment.CharAt(text, at - 1));

    /// <summary>How long what stands in front of a quote is: N'' of SQL, @"" of C#, b'' of Python.</summary>
    public static int PrefixLength(ReadOnlySpan<char> text, int at)
    {
        int length = text[at..Math.Min(text.Length, at + LongestPrefix + 1)].IndexOfAny("\"'`");
        return length <= 0 ? length : text.Slice(at, length) is "N" or "E" or "b" or "r" or "u" or "f" or "@" or "$" or "$@" or "@$" ? length : -1;
    }

    /// <summary>Whether nothing but what separates values follows.</summary>
    public static bool IsClosed(ReadOnlySpan<char> text, int close) => Assignment.CharAt(text, close + 1) is '\0' or ' ' or '\t' or '\r' or '\n' or ',' or ';' or ')' or ']' or '}' or '.';

    /// <summary>Finds where typographic quotes close.</summary>
    public static int CloseOfTypographic(ReadOnlySpan<char> text, int at)
    {
        int kind = Openers.IndexOf(Assignment.CharAt(text, at), StringComparison.Ordinal);
        if (kind < 0)
        {
            return -1;
        }

        int length = text[(at + 1)..].IndexOfAny(Closers[kind], '\n');
        return length < 0 ? text.Length : at + 1 + length;
    }

    private static bool IsDoubled(ReadOnlySpan<char> text, int at, char quote, Escape escapes) =>
        escapes.Has(quote == '"' ? Escape.DoubledQuote : Escape.DoubledApostrophe) && Assignment.CharAt(text, at + 1) == quote;

    // Whoever wrote it by hand forgot to escape it.
    private static bool IsInside(ReadOnlySpan<char> text, int at) => char.IsLetterOrDigit(Assignment.CharAt(text, at + 1));
}
