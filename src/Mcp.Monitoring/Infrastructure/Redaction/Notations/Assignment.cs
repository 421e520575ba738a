namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>The sign between a name and its value: <c>=</c>, <c>:</c>, <c>=></c>, <c>-></c>, <c>:=</c>; not a comparison, and not what a URL or a type has.</summary>
internal static class Assignment
{
    private const int LongestName = 64;
    private const int MostSpaces = 32;

    /// <returns>How long the sign is; 0 where there is none.</returns>
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        char next = CharAt(text, at + 1);
        return CharAt(text, at) switch
        {
            ':' => next is '=' ? 2 : next is ':' || (next is '/' && CharAt(text, at + 2) is '/') || CharAt(text, at - 1) is ':' ? 0 : 1,
            '=' => next is '>' ? 2 : next is '=' || (next is '~' && CharAt(text, at - 1) is ' ') || CharAt(text, at - 1) is '=' ? 0 : 1,
            '-' => next is '>' ? 2 : 0,
            _ => 0,
        };
    }

    /// <summary>Whether a name and a sign stand here, so that what was before has ended.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the name would begin.</param>
    /// <param name="sign">The sign; <c>\0</c> for any.</param>
    /// <param name="hasSpaces">Whether the name may be of several words.</param>
    public static bool IsAt(ReadOnlySpan<char> text, int at, char sign = '\0', bool hasSpaces = false)
    {
        int end = at + (CharAt(text, at) is '"' or '\'' or '[' or '$' or '@' ? 1 : 0);
        int start = end;
        while (end - start < LongestName && (IsOfName(CharAt(text, end)) || CharAt(text, end) is '[' or ']' or '%' or '(' || (hasSpaces && end > start && CharAt(text, end) is ' ' or ':' && CharAt(text, end + 1) is not ' ')))
        {
            end++;
        }

        if (end == start)
        {
            return false;
        }

        end += CharAt(text, end) is '"' or '\'' ? 1 : 0;
        int spaces = end;
        while (CharAt(text, spaces) == ' ' && spaces - end < MostSpaces)
        {
            spaces++;
        }

        return LengthAt(text, spaces) > 0 && (sign == '\0' || text[spaces] == sign);
    }

    public static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!IsOfName(c))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    public static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';

    /// <summary>Skips spaces; over more of them no value belongs to its name.</summary>
    public static int SkipSpaces(ReadOnlySpan<char> text, int at, bool lines = false)
    {
        int start = at;
        while (at - start < MostSpaces && at < text.Length && (text[at] is ' ' or '\t' or '\u00A0' || IsInvisible(text[at]) || (lines && text[at] is '\r' or '\n')))
        {
            at++;
        }

        return at;
    }

    /// <summary>Marks of direction and joints, which nobody sees.</summary>
    public static bool IsInvisible(char c) => c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    public static char CharAt(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';
}
