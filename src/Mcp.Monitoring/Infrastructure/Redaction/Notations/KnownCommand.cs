using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>An option of one letter, which says what it is by the program in front of it: <c>curl -u bob:x</c>, <c>sqlcmd -P x</c>.</summary>
internal static class KnownCommand
{
    private const int LongestLine = 160;
    private const int LongestValue = 256;

    private static readonly (string Program, string Option, bool HasUser)[] All =
    [
        ("curl ", "-u ", true), ("curl ", "--user ", true), ("sqlcmd ", "-P ", false), ("bcp ", "-P ", false), ("sshpass ", "-p ", false), ("redis-cli ", "-a ", false), ("docker login ", "-p ", false),
    ];

    /// <summary>Reads the value of the option.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The hyphen.</param>
    /// <param name="start">Where the value begins, behind the name of a user.</param>
    /// <param name="end">Where it ends.</param>
    public static bool IsAt(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        start = end = at;
        if (Assignment.CharAt(text, at - 1) != ' ')
        {
            return false;
        }

        foreach ((string program, string option, bool hasUser) in All)
        {
            if (text[at..].StartsWith(option, StringComparison.Ordinal) && Line(text, at).Contains(program, StringComparison.OrdinalIgnoreCase))
            {
                return Read(text, Assignment.SkipSpaces(text, at + option.Length), hasUser, out start, out end);
            }
        }

        return false;
    }

    /// <summary>A key for what is read.</summary>
    public static Key KeyAt(int at) => Key.Named(at, "password", SecretName.Secret);

    private static bool Read(ReadOnlySpan<char> text, int at, bool hasUser, out int start, out int end)
    {
        text = text[..Math.Min(text.Length, at + LongestValue)];
        char quote = Assignment.CharAt(text, at);
        bool isQuoted = quote is '"' or '\'';
        start = at + (isQuoted ? 1 : 0);
        end = isQuoted ? QuotedText.Close(text, start, quote, Escapes.Escape.Backslash, isOneLine: true) : WordValue.End(text, at);
        end = end < 0 ? text.Length : end;
        int colon = hasUser && end > start ? text[start..end].IndexOf(':') : -1;
        start += hasUser ? colon + 1 : 0;
        return end > start && colon >= 0 == hasUser;
    }

    private static ReadOnlySpan<char> Line(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, at - LongestLine)..at];
        return before[(before.LastIndexOf('\n') + 1)..];
    }
}
