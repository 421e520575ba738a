using System.Buffers;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value in the query or the fragment of a URL: it ends at the next parameter or with the URL.</summary>
internal static class QueryValue
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n&;#\"'`<>");

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
            // Both may stand in a value unescaped; at its end they belong to what is around the URL.
            char after = Assignment.CharAt(text, at + 1);
            bool isInside = text[at] == ';' ? after is not ('\0' or ' ' or '\t' or '\r' or '\n' or '"' or '\'') : text[at] == '\'' && char.IsLetterOrDigit(after);
            if (!isInside)
            {
                return at;
            }

            at++;
        }
    }

    /// <summary>Whether an everyday word is a parameter: in a query, or in a form.</summary>
    public static bool IsIn(ReadOnlySpan<char> text, scoped in Key key, int start, out int end)
    {
        end = start;
        if (key.IsSpaced || (!key.IsInQuery && key.Before is not ('\0' or ' ' or '"' or '\n')))
        {
            return false;
        }

        end = End(text, start);
        return key.IsInQuery || Assignment.CharAt(text, end) == '&';
    }
}
