namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value in braces as ODBC and the SQL Server driver of Java quote it: a closing brace inside is doubled.</summary>
internal static class OdbcValue
{
    /// <summary>Finds the brace that closes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="isWhole">Whether what begins with a brace is in braces; else it may be a plain value that has some.</param>
    /// <returns>The end of the line where there is none, as in text that was cut; -1 where braces are only part of the value.</returns>
    public static int Close(ReadOnlySpan<char> text, int start, bool isWhole = true)
    {
        bool isOpen = true;
        int at = start;
        while (true)
        {
            int next = text[at..].IndexOfAny('}', '\r', '\n');
            if (next < 0)
            {
                return isOpen || isWhole ? text.Length : -1;
            }

            at += next;
            if (text[at] != '}')
            {
                return isOpen || isWhole ? at : -1;
            }

            char after = Assignment.CharAt(text, at + 1);
            if (after != '}' && !char.IsLetterOrDigit(after))
            {
                return at;
            }

            isOpen &= after == '}';
            at += after == '}' ? 2 : 1;
        }
    }
}
