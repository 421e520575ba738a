namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value in a list with commas, in brackets or not: what a record of C# says of itself, an argument, a map of YAML on one line. It ends at the next member or the bracket.</summary>
internal static class MemberValue
{
    private const int Longest = 1024;
    private const int LongestStruct = 256;
    private const int MostBrackets = 16;
    private const string Openers = "{(,[";

    /// <returns>Whether it is one.</returns>
    /// <param name="text">The text.</param>
    /// <param name="key">Its name.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends, or where it would have had to.</param>
    public static bool IsIn(ReadOnlySpan<char> text, scoped in Key key, int start, out int end)
    {
        end = start;
        if (!Openers.Contains(key.Opener, StringComparison.Ordinal))
        {
            return false;
        }

        text = text[..Math.Min(text.Length, start + Longest)];
        int depth = 0;
        for (; end < text.Length && text[end] is not ('\r' or '\n'); end++)
        {
            char c = text[end];
            if (c is '{' or '(' or '[')
            {
                depth++;
            }
            else if (c is '}' or ')' or ']')
            {
                if (depth == 0 && IsLast(text, end))
                {
                    return true;
                }

                depth = Math.Max(0, depth - 1);
            }
            else if (c == ',' && depth == 0 && Assignment.IsAt(text, Assignment.SkipSpaces(text, end + 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds where a member ends as Go writes a struct: <c>{Name:bob Password:hun ter2 Age:3}</c>.</summary>
    /// <returns>0 where it is none.</returns>
    public static int LengthOfGo(ReadOnlySpan<char> text, scoped in Key key, int start)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, key.Start - LongestStruct)..key.Start];
        if (key.Before is not ('{' or ' ') || before.LastIndexOf('{') <= before.LastIndexOfAny('}', '\n'))
        {
            return 0;
        }

        ReadOnlySpan<char> rest = text.Slice(start, Math.Min(LongestStruct, text.Length - start));
        rest = rest[..Math.Max(0, rest.IndexOf('}'))];
        for (int at = 0; rest[at..].IndexOf(' ') is >= 0 and var next; at++)
        {
            at += next;
            if (char.IsUpper(Assignment.CharAt(rest, at + 1)) && Assignment.IsAt(rest, at + 1, ':'))
            {
                return at;
            }
        }

        return rest.Length;
    }

    // Brackets and then what separates: others are part of the value.
    private static bool IsLast(ReadOnlySpan<char> text, int bracket)
    {
        int after = bracket;
        while (after - bracket < MostBrackets && Assignment.CharAt(text, after) is '}' or ')' or ']')
        {
            after++;
        }

        char next = Assignment.CharAt(text, after);
        return next is '\0' or ' ' or '\t' or '\r' or '\n' or ',' or ';' or '"' or '\'' or '<' || (next is '.' or ':' && Assignment.CharAt(text, after + 1) is '\0' or ' ' or '\r' or '\n');
    }
}
