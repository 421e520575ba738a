using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value that ends with its line: in YAML, INI, .env and headers. One line alone may be a sentence; with a neighbour of its kind it is none.</summary>
internal static class LineValue
{
    private const int LongestIndent = 64;
    private const int LongestNeighbour = 256;

    public static bool IsIn(ReadOnlySpan<char> text, scoped in Key key, char sign, int start, out int end)
    {
        int lineStart = LineStart(text, key.Start, LongestIndent);
        end = start;
        if (lineStart < 0 || !text[lineStart..key.Start].Trim(" \t-").IsEmpty)
        {
            return false;
        }

        end = EndOfLine(text, start);
        return IsAssignment(text, NextLine(text, end), sign, isParent: false)
            || (lineStart > 0 && IsAssignment(text, LineStart(text, EndOfLineBefore(text, lineStart), LongestNeighbour), sign, isParent: key.Start > lineStart));
    }

    public static int EndOfLine(ReadOnlySpan<char> text, int start) => start + CharacterRun.LengthUntil(text[start..], CharacterRun.AfterLine);

    /// <summary>Leaves out the comment and the spaces behind a value.</summary>
    public static int Trimmed(ReadOnlySpan<char> text, int start, int end)
    {
        int comment = text[start..end].IndexOf(" #", StringComparison.Ordinal);
        return start + (comment < 0 ? text[start..end] : text.Slice(start, comment)).TrimEnd(" \t").Length;
    }

    public static int NextLine(ReadOnlySpan<char> text, int end) => end + (text[end..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : end < text.Length ? 1 : 0);

    /// <summary>Finds where the line began, unless that is too far away.</summary>
    public static int LineStart(ReadOnlySpan<char> text, int at, int longest)
    {
        if (at < 0)
        {
            return -1;
        }

        int from = Math.Max(0, at - longest);
        int found = text[from..at].LastIndexOfAny('\r', '\n');
        return found >= 0 ? from + found + 1 : from == 0 ? 0 : -1;
    }

    private static int EndOfLineBefore(ReadOnlySpan<char> text, int lineStart) => lineStart - (text[..lineStart].EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);

    // "Failed:" above a line is a sentence, as is the message of a System.Exception; "db:" above one that is indented is a map.
    private static bool IsAssignment(ReadOnlySpan<char> text, int lineStart, char sign, bool isParent)
    {
        if (lineStart < 0 || lineStart >= text.Length)
        {
            return false;
        }

        int at = lineStart;
        while (at < text.Length && at - lineStart < LongestIndent && text[at] is ' ' or '\t' or '-')
        {
            at++;
        }

        int end = EndOfLine(text, at);
        bool isSentence = sign == ':' && text[at..end].IndexOf(':') is var colon && text.Slice(at, Math.Max(0, colon)).Contains('.');
        return (Assignment.IsAt(text, at, sign) && !isSentence && (isParent || text[at..end].TrimEnd()[^1] != sign)) || (sign == '=' && text[at..].StartsWith("[", StringComparison.Ordinal));
    }
}
