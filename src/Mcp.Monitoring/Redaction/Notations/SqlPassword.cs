using System.Buffers;
using Mcp.Monitoring.Redaction.Names;

namespace Mcp.Monitoring.Redaction.Notations;

/// <summary>A password of SQL, which has no sign: <c>PASSWORD 'x'</c>, <c>IDENTIFIED BY 'x'</c>.</summary>
internal static class SqlPassword
{
    private static readonly SearchValues<char> InFront = SearchValues.Create(" \t\r\n(,");

    private const int LongestWord = 32;
    private const string By = "identified by", Password = "password";

    public static bool IsInFrontOf(ReadOnlySpan<char> text, int quote)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, quote - LongestWord)..quote];
        ReadOnlySpan<char> trimmed = before.TrimEnd(' ');
        if (trimmed.Length == before.Length)
        {
            return false;
        }

        ReadOnlySpan<char> word = trimmed[(trimmed.LastIndexOfAny(InFront) + 1)..];
        return trimmed.EndsWith(By, StringComparison.OrdinalIgnoreCase)
            || (word.EndsWith(Password, StringComparison.OrdinalIgnoreCase) && SecretNames.Of(word) == SecretName.Secret && !word.ContainsAny("\"'"));
    }
}
