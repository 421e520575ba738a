namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value on the line behind its name, as YAML folds it, or a list of them: <c>password:</c> and below it, indented, <c>hunter2</c>. Without an indent it is one word that nobody would take for another.</summary>
internal static class NextLineValue
{
    private const int LongestIndent = 64;

    public static bool IsAt(ReadOnlySpan<char> text, scoped in Key key, int at, out int start, out int end)
    {
        start = end = at;
        int lineStart = LineValue.LineStart(text, key.Start, LongestIndent);
        if (text[at] is not ('\r' or '\n') || lineStart < 0 || !text[lineStart..key.Start].Trim(" \t-").IsEmpty)
        {
            return false;
        }

        int indent = BlockScalar.Indent(text, lineStart);
        start = -1;
        for (int line = LineValue.NextLine(text, at); line < text.Length;)
        {
            int lineEnd = LineValue.EndOfLine(text, line);
            int content = line + BlockScalar.Indent(text, line);
            bool isItem = text[content..].StartsWith("- ", StringComparison.Ordinal);
            content += isItem ? 2 : 0;
            ReadOnlySpan<char> value = text[content..Math.Max(content, lineEnd)].TrimEnd(" \t");
            bool isIndented = content - line > indent && !value.Contains(' ');
            if (value.IsEmpty || Assignment.IsAt(text, content) || Prose.Begins(value) || !(isIndented || (!value.Contains(' ') && Prose.LooksRandom(value))))
            {
                break;
            }

            start = start < 0 ? content : start;
            end = content + value.Length;
            if (!isItem)
            {
                break;
            }

            line = LineValue.NextLine(text, lineEnd);
        }

        return start >= 0;
    }
}
