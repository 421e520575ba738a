using System.Buffers;

namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>User and password of a URL, of whatever scheme, and of the addresses that Go's MySQL driver and Oracle's take.</summary>
internal static class UserInfo
{
    private static readonly SearchValues<char> InFrontOfUser = SearchValues.Create(" \t\n\"\\{");

    private const int Longest = 256;
    private const string OracleBegin = "jdbc:oracle:";

    /// <param name="text">The text.</param>
    /// <param name="colon">The colon behind the scheme.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">The sign behind it.</param>
    public static bool IsAt(ReadOnlySpan<char> text, int colon, out int start, out int end)
    {
        start = colon + (text[colon..].StartsWith("://", StringComparison.Ordinal) ? 3 : 5);
        end = start;
        if (start > text.Length)
        {
            return false;
        }

        ReadOnlySpan<char> authority = text[start..];
        authority = WithoutSettings(authority[..CharacterRun.LengthUntil(authority, CharacterRun.AfterAuthority)]);
        int at = authority.LastIndexOf('@');
        if (at < 0 ? HasPasswordForPort(authority) : authority[..at].Contains(':'))
        {
            at = Math.Max(at, LengthOfUnencoded(text[start..Math.Min(text.Length, start + Longest)]));
        }

        bool isCut = at < 0 && start + authority.Length == text.Length && HasPasswordForPort(authority) && Prose.LooksRandom(authority[(authority.IndexOf(':') + 1)..]);
        end = isCut ? text.Length : start + at;
        return isCut || at > 0;
    }

    /// <summary><c>jdbc:oracle:thin:scott/tiger@host</c></summary>
    public static bool IsOfOracle(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        start = end = at;
        if (!text[at..].StartsWith(OracleBegin, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[(at + OracleBegin.Length)..Math.Min(text.Length, at + OracleBegin.Length + Longest)];
        int quote = rest.IndexOf("/\"", StringComparison.Ordinal);
        int close = quote < 0 ? -1 : rest.IndexOf("\"@", StringComparison.Ordinal);
        if (close > quote && rest[..quote].IndexOfAny(CharacterRun.AfterUserInfo) < 0)
        {
            start = at + OracleBegin.Length + quote + 2;
            end = at + OracleBegin.Length + close;
            return end > start;
        }

        rest = rest[..CharacterRun.LengthUntil(rest, CharacterRun.AfterUserInfo)];
        int driver = rest.IndexOf(':');
        int slash = rest.IndexOf('/');
        int host = rest.LastIndexOf('@');
        start = at + OracleBegin.Length + slash + 1;
        end = at + OracleBegin.Length + host;
        return driver >= 0 && slash > driver && host > slash + 1;
    }

    /// <summary><c>root:hunter2@tcp(127.0.0.1:3306)/orders</c></summary>
    public static bool IsOfGo(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        end = at;
        start = at;
        if (!text[at..].StartsWith("@tcp(", StringComparison.Ordinal) && !text[at..].StartsWith("@unix(", StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> before = text[Math.Max(0, at - Longest)..at];
        before = before[(before.LastIndexOfAny(InFrontOfUser) + 1)..];
        int colon = before.IndexOf(':');
        start = at - before.Length + colon + 1;
        return colon >= 0 && end > start;
    }

    // jdbc:sqlserver://db:1433;user=bob;password=p@ss
    private static ReadOnlySpan<char> WithoutSettings(ReadOnlySpan<char> authority)
    {
        int semicolon = authority.IndexOf(';');
        return semicolon >= 0 && authority[semicolon..].Contains('=') && authority[..semicolon].IndexOf('@') < 0 ? authority[..semicolon] : authority;
    }

    private static bool HasPasswordForPort(ReadOnlySpan<char> authority)
    {
        int colon = authority.IndexOf(':');
        return colon >= 0 && authority[0] != '[' && authority[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    // A password may have a slash or an @, though it should not. Behind the last one there is a host; in a query it may be of an address of mail.
    private static int LengthOfUnencoded(ReadOnlySpan<char> text)
    {
        text = text[..CharacterRun.LengthUntil(text, CharacterRun.AfterUserInfo)];
        int end = -1;
        for (int at = text.IndexOf('@'); at >= 0;)
        {
            bool isBeforeHost = at + 1 < text.Length && (char.IsLetterOrDigit(text[at + 1]) || text[at + 1] == '[');
            if (end >= 0 && text[end..at].Contains('?'))
            {
                break;
            }

            // https://u:p@host/@scope/name
            end = isBeforeHost && text[at - 1] != '/' ? at : end;
            int next = text[(at + 1)..].IndexOf('@');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return end;
    }
}
