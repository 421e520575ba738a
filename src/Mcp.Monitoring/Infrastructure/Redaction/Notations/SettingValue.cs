using System.Buffers;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value in a connection string, without quotes: it ends at the semicolon, and may have spaces and quotes inside. What is around the list in quotes has been taken off before.</summary>
internal static class SettingValue
{
    private const int LongestEntity = 8;
    private const int LongestWord = 64;
    private const int LongestList = 256;
    private const string AfterOpener = "\0\n:(\"'=,`[{";

    private static readonly SearchValues<char> Ends = SearchValues.Create(";\r\n<]");

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
            if (IsEnd(text, start, at))
            {
                return at;
            }

            at++;
        }
    }

    /// <summary>Whether a value is one of a list of settings: behind a semicolon, or in front of one and another name, or of one that ends the line.</summary>
    public static bool IsIn(ReadOnlySpan<char> text, scoped in Key key, int start, ref int end)
    {
        if (key.Opener == ';')
        {
            end = Assignment.CharAt(text, end) == ';' ? end : EndInParentheses(text, key.Start, start, end);
            return true;
        }

        if (Assignment.CharAt(text, end) != ';')
        {
            return false;
        }

        int next = Assignment.SkipSpaces(text, end + 1);
        return IsFollowed(text, end)
            ? !IsBehindPair(text, key.Start)
            : (next >= text.Length || text[next] is '\r' or '\n') && AfterOpener.Contains(key.Opener, StringComparison.Ordinal);
    }

    // "(Server=s;Pwd=p) refused": the last value of a list in parentheses.
    private static int EndInParentheses(ReadOnlySpan<char> text, int key, int start, int end)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, key - LongestList)..key];
        if (before.LastIndexOf('(') <= before.LastIndexOfAny(')', '\n'))
        {
            return end;
        }

        int length = text[start..end].IndexOf(')');
        return length < 0 || char.IsLetterOrDigit(Assignment.CharAt(text, start + length + 1)) ? end : start + length;
    }

    private static bool IsEnd(ReadOnlySpan<char> text, int start, int at) => text[at] switch
    {
        ';' => !IsEntity(text, start, at),
        '<' => XmlTag.IsClosing(text, at),
        ']' => text[at..].StartsWith("]]>", StringComparison.Ordinal),
        _ => true,
    };

    private static bool IsFollowed(ReadOnlySpan<char> text, int semicolon) => Assignment.IsAt(text, Assignment.SkipSpaces(text, semicolon + 1), '=', hasSpaces: true);

    // &amp; of XML
    private static bool IsEntity(ReadOnlySpan<char> text, int start, int semicolon)
    {
        int length = Math.Min(LongestEntity, semicolon - start);
        int ampersand = text.Slice(semicolon - length, length).LastIndexOf('&');
        return ampersand >= 0 && Escapes.EntityEscape.LengthAtStart(text[(semicolon - length + ampersand)..], out _) == length - ampersand + 1;
    }

    // "user=bob password=x host=h; done=1": pairs with spaces between, not settings.
    private static bool IsBehindPair(ReadOnlySpan<char> text, int start)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, start - LongestWord)..start].TrimEnd(' ');
        ReadOnlySpan<char> word = before[(before.LastIndexOf(' ') + 1)..];
        return word.Contains('=') && !word.Contains(';');
    }
}
