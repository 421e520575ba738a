namespace Mcp.Monitoring.Redaction.Notations;

/// <summary>A value in braces as ODBC and the SQL Server driver of Java quote it: a closing brace inside is doubled.</summary>
internal static class OdbcValue
{
    /// <summary>Finds the brace that closes.</summary>
    /// <returns>The end of the line where there is none, as in text that was cut.</returns>
    public static int Close(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        while (true)
        {
            int next = text[at..].IndexOfAny('}', '\r', '\n');
            if (next < 0)
            {
                return text.Length;
            }

            at += next;
            if (text[at] != '}')
            {
                return at;
            }

            char after = Assignment.CharAt(text, at + 1);
            if (after != '}' && !char.IsLetterOrDigit(after))
            {
                return at;
            }

            at += after == '}' ? 2 : 1;
        }
    }
}
