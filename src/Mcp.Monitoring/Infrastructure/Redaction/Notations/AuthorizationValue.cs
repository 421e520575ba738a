using System.Collections.Frozen;
using Mcp.Monitoring.Infrastructure.Redaction.Escapes;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>The value of the header <c>Authorization</c> (RFC 9110): a scheme, which stays, and credentials: one word, or parameters to the end.</summary>
internal static class AuthorizationValue
{
    private const int LongestParameter = 512;
    private const int MostWords = 3;
    private const int LongestCredentials = 2048;

    private static readonly FrozenSet<string> Schemes = FrozenSet.ToFrozenSet(
        [
            "bearer", "basic", "token", "apikey", "api-key", "apitoken", "api-token", "negotiate", "ntlm", "kerberos", "digest", "hawk", "dpop", "hoba", "mutual", "vapid", "signature", "key", "mac",
            "sharedkey", "sharedkeylite", "sharedaccesssignature", "oauth", "gnap", "privatetoken", "scram-sha-1", "scram-sha-256", "aws4-hmac-sha256", "aws", "jwt", "bot", "wsse", "usernametoken", "ssws", "geniekey",
            "splunk", "client-id", "googlelogin", "x-api-key", "access_token", "passport",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static bool IsScheme(ReadOnlySpan<char> word) => Schemes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the arguments of .NET's header begin here: a scheme and the credentials.</summary>
    public static bool IsConstructor(ReadOnlySpan<char> text) => text.EndsWith("AuthenticationHeaderValue(", StringComparison.Ordinal);

    /// <summary>Finds the credentials in a value whose end is known.</summary>
    public static (int Start, int End) InWhole(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> value = text[start..end];
        int scheme = value.IndexOfAny(' ', '\t');
        if (scheme < 0)
        {
            return IsScheme(value) ? (start, start) : (start, end);
        }

        bool isScheme = IsScheme(value[..scheme]) || (!Prose.LooksRandom(value[..scheme]) && Prose.IsOfLetters(value[..scheme]));
        return isScheme ? Inner(text, Assignment.SkipSpaces(text, start + scheme), end) : (start, end);
    }

    /// <summary>Finds the credentials in a line of text that goes on after them.</summary>
    public static (int Start, int End) InLine(ReadOnlySpan<char> text, int start, int lineEnd)
    {
        int scheme = WordValue.End(text[..lineEnd], start);
        int next = Assignment.SkipSpaces(text, scheme);
        bool isAlone = scheme == start || next == scheme || next >= lineEnd;
        ReadOnlySpan<char> word = text[start..WordValue.Trimmed(text, start, scheme)];
        if (word is "new" || StandIn.Is(word, "authorization"))
        {
            return (start, start);
        }

        if (isAlone || (Prose.LooksRandom(word) && !IsScheme(word)))
        {
            bool isSecret = scheme > start && !IsScheme(word) && !Prose.Is(text[start..lineEnd]);
            return isSecret ? (start, start + word.Length) : (start, start);
        }

        ReadOnlySpan<char> rest = text[next..lineEnd];
        if (HasParameters(rest))
        {
            return (next, lineEnd);
        }

        if (!IsScheme(word) && LengthOfWords(word, rest) is > 0 and var length)
        {
            return (next, next + length);
        }

        if (!IsScheme(word) || Prose.Opens(rest))
        {
            return !IsScheme(word) && !Prose.Is(rest) && Prose.LooksRandom(rest[..WordValue.End(rest, 0)]) && !Prose.Opens(word) ? (next, CredentialsEnd(text, next, lineEnd)) : (start, start);
        }

        return Inner(text, next, EndOfAll(text, CredentialsEnd(text, next, lineEnd), lineEnd));
    }

    // A scheme that nobody knows, and up to three words to the end, one of which looks made at random.
    private static int LengthOfWords(ReadOnlySpan<char> scheme, ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, LongestParameter)];
        rest = rest[..(rest.IndexOfAny("\"'") is >= 0 and var quote ? quote : rest.Length)].TrimEnd(" \t");
        bool isRandom = false;
        int words = 0;
        foreach (Range word in rest.Split(' '))
        {
            words++;
            isRandom |= Prose.LooksRandom(rest[word]) && !Prose.IsOfLetters(rest[word]);
        }

        bool isScheme = Prose.IsOfLetters(scheme) && !Prose.Begins(scheme);
        return isScheme && isRandom && words <= MostWords && !Prose.Begins(rest) ? rest.Length : 0;
    }

    // Basic x, Bearer y
    private static int EndOfAll(ReadOnlySpan<char> text, int end, int lineEnd)
    {
        while (end < lineEnd && text[end] == ',' && Assignment.SkipSpaces(text, end + 1) is var scheme && scheme < lineEnd)
        {
            int schemeEnd = WordValue.End(text[..lineEnd], scheme);
            int next = Assignment.SkipSpaces(text, schemeEnd);
            if (schemeEnd == scheme || next >= lineEnd || next == schemeEnd || !IsScheme(text[scheme..schemeEnd]) || Prose.Opens(text[next..lineEnd]))
            {
                break;
            }

            end = CredentialsEnd(text, next, lineEnd);
        }

        return end;
    }

    // Digest, AWS4-HMAC-SHA256, OAuth, Token token="x"
    private static bool HasParameters(ReadOnlySpan<char> rest)
    {
        int word = 0;
        while (word < rest.Length && (char.IsAsciiLetterOrDigit(rest[word]) || rest[word] is '_' or '-'))
        {
            word++;
        }

        if (word == 0 || Assignment.CharAt(rest, word) != '=')
        {
            return false;
        }

        int comma = rest[..Math.Min(rest.Length, LongestParameter)].IndexOf(',');
        return Assignment.CharAt(rest, word + 1) is '"' or '\'' || (comma >= 0 && Assignment.IsAt(rest, Assignment.SkipSpaces(rest, comma + 1), '='));
    }

    private static int CredentialsEnd(ReadOnlySpan<char> text, int start, int lineEnd)
    {
        ReadOnlySpan<char> line = text[..Math.Min(lineEnd, start + LongestCredentials)];
        char c = text[start];
        int close = c switch
        {
            '"' or '\'' => QuotedText.Close(line, start + 1, c, Escape.Backslash | Escape.DoubledQuote | Escape.DoubledApostrophe, isOneLine: true),
            '{' => OdbcValue.Close(line, start + 1),
            '[' => BracketedValue.Close(line, start + 1),
            '<' => BracketedValue.CloseOfAngle(line, start + 1),
            _ => -1,
        };
        return close >= 0 ? Math.Min(close + 1, lineEnd) : WordValue.Trimmed(text, start, Math.Max(start + 1, WordValue.End(line, start)));
    }

    // Quotes and brackets around the credentials stay.
    private static (int Start, int End) Inner(ReadOnlySpan<char> text, int start, int end)
    {
        bool isWrapped = end - start > 1 && (text[start], text[end - 1]) is ('"', '"') or ('\'', '\'') or ('{', '}') or ('[', ']') or ('<', '>');
        return isWrapped && !StandIn.Is(text[start..end], "authorization") ? (start + 1, end - 1) : (start, end);
    }
}
