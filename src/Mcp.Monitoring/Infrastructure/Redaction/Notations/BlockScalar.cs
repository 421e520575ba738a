namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value of YAML on lines of its own, indented more than its key: <c>password: |</c>.</summary>
internal static class BlockScalar
{
    private const int LongestIndent = 64;
    private const int LongestHeader = 4;

    public static bool IsAt(ReadOnlySpan<char> text, scoped in Key key, int at, out int start, out int end)
    {
        start = end = at;
        at = SkipTag(text, at);
        int lineEnd = at;
        while (lineEnd < text.Length && lineEnd - at < LongestHeader && text[lineEnd] is '|' or '>' or '-' or '+' or (>= '1' and <= '9'))
        {
            lineEnd++;
        }

        if (Assignment.CharAt(text, at) is not ('|' or '>') || Assignment.CharAt(text, lineEnd) is not ('\r' or '\n'))
        {
            return false;
        }

        int lineStart = LineValue.LineStart(text, key.Start, LongestIndent);
        return lineStart >= 0 && Read(text, LineValue.NextLine(text, lineEnd), Indent(text, lineStart), out start, out end);
    }

    // !vault |
    private static int SkipTag(ReadOnlySpan<char> text, int at)
    {
        int end = at;
        while (text[at] is '!' or '&' && end - at < LongestIndent && end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return Assignment.SkipSpaces(text, end);
    }

    private static bool Read(ReadOnlySpan<char> text, int line, int indent, out int start, out int end)
    {
        start = -1;
        end = line;
        while (line < text.Length)
        {
            int lineEnd = LineValue.EndOfLine(text, line);
            ReadOnlySpan<char> content = text[line..lineEnd].Trim(" \t");
            if (!content.IsEmpty)
            {
                if (Indent(text, line) <= indent)
                {
                    break;
                }

                start = start < 0 ? line + Indent(text, line) : start;
                end = lineEnd;
            }

            line = LineValue.NextLine(text, lineEnd);
        }

        return start >= 0;
    }

    public static int Indent(ReadOnlySpan<char> text, int line)
    {
        int at = line;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at - line;
    }
}
