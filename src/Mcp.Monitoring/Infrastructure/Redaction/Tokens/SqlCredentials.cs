using System.Buffers;

namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>A password of a user of SQL without quotes: <c>CREATE USER bob IDENTIFIED BY x</c>, and in those of PostgreSQL, which are dollars.</summary>
internal static class SqlCredentials
{
    /// <summary>Gets how they begin.</summary>
    public static readonly string[] Beginnings = [By, Dollars];

    private const string By = "identified by ", Dollars = "password $$", Quote = "$$";
    private const int Longest = 256;
    private const int LongestClause = 96;

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n;,)\"'`\\&%<");

    private static readonly string[] Clauses = ["create user ", "alter user ", "create role ", "alter role ", "grant "];

    public static bool IsAt(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        bool isPlain = text[at..].StartsWith(By, StringComparison.OrdinalIgnoreCase);
        start = end = at + (isPlain ? By.Length : Dollars.Length);
        if (start >= text.Length || (!isPlain && !text[at..].StartsWith(Dollars, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.Slice(start, Math.Min(Longest, text.Length - start));
        if (!isPlain)
        {
            end += rest.IndexOf(Quote, StringComparison.Ordinal) is >= 0 and var length ? length : rest.Length;
            return end > start;
        }

        end += CharacterRun.LengthUntil(rest, Ends);
        return end > start && char.IsLetterOrDigit(text[start]) && IsClause(text[Math.Max(0, at - LongestClause)..at]) && !text[start..end].Equals("values", StringComparison.OrdinalIgnoreCase) && !StandIn.Is(text[start..end], "password");
    }

    private static bool IsClause(ReadOnlySpan<char> before)
    {
        foreach (string clause in Clauses)
        {
            if (before.Contains(clause, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
