using Mcp.Monitoring.Infrastructure.Redaction.Escapes;
using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A value in brackets: an object or an array of JSON and of what looks like it, or a word that somebody put in brackets.</summary>
internal static class BracketedValue
{
    private const int LongestInAngles = 256;

    /// <summary>Finds the bracket that closes, over quotes and other brackets.</summary>
    /// <returns>The end of the text where there is none, as in text that was cut; the end of the line where that was no JSON.</returns>
    public static int Close(ReadOnlySpan<char> text, int start)
    {
        int depth = 0;
        int unquoted = 0;
        for (int at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']' when depth == 0:
                    if (!char.IsLetterOrDigit(Assignment.CharAt(text, at + 1)))
                    {
                        return at;
                    }

                    break;
                case '}' or ']':
                    depth--;
                    break;
                case '"' or '\'' when at >= unquoted && QuotedText.Opens(text, at):
                    int close = QuotedText.Close(text, at + 1, text[at], Escape.Backslash, isOneLine: true);
                    unquoted = close < 0 ? at + CharacterRun.LengthUntil(text[at..], CharacterRun.AfterLine) : unquoted;
                    at = Math.Max(at, close);
                    break;
            }
        }

        return text.Length;
    }

    /// <summary>Finds where <c>&lt;value&gt;</c> closes; -1 where it is none.</summary>
    public static int CloseOfAngle(ReadOnlySpan<char> text, int start)
    {
        ReadOnlySpan<char> rest = text[start..Math.Min(text.Length, start + LongestInAngles)];
        int length = rest.IndexOfAny(">\r\n");
        return length <= 0 || rest[length] != '>' || rest[0] is '/' or '!' or '?' ? -1 : start + length;
    }

    /// <summary>Finds where <c>(value)</c> closes; -1 where it is none.</summary>
    public static int CloseOfParenthesis(ReadOnlySpan<char> text, int start)
    {
        int end = WordValue.End(text[..Math.Min(text.Length, start + LongestInAngles)], start);
        int close = start + text[start..end].LastIndexOf(')');
        return close > start && QuotedText.IsClosed(text, close) ? close : -1;
    }

    /// <summary>Whether an object of JSON begins here: with a name in quotes.</summary>
    public static bool IsObject(ReadOnlySpan<char> text, int start)
    {
        int quote = Assignment.SkipSpaces(text, start, lines: true);
        int end = quote + 1;
        while (Assignment.IsOfName(Assignment.CharAt(text, end)) && end - quote < LongestInAngles)
        {
            end++;
        }

        return Assignment.CharAt(text, quote) is '"' or '\'' && Assignment.CharAt(text, end) == text[quote] && Assignment.CharAt(text, Assignment.SkipSpaces(text, end + 1)) == ':';
    }

    /// <summary>Whether an object says what a value is to be like, and holds none: <c>{"type":"string"}</c> of a JSON schema.</summary>
    public static bool IsSchema(ReadOnlySpan<char> text, int start)
    {
        int at = Assignment.SkipSpaces(text, start, lines: true);
        int quote = Assignment.CharAt(text, at) is '"' or '\'' ? 1 : 0;
        ReadOnlySpan<char> rest = text[(at + quote)..];
        foreach (string name in (ReadOnlySpan<string>)["type", "$ref", "description", "title", "anyOf", "oneOf", "enum", "format", "minLength", "maxLength"])
        {
            if (rest.StartsWith(name, StringComparison.Ordinal) && Assignment.LengthAt(rest, Assignment.SkipSpaces(rest, name.Length + quote)) > 0)
            {
                return true;
            }
        }

        return false;
    }
}
