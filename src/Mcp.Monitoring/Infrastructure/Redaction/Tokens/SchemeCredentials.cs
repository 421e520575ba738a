namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>Credentials behind the name of a scheme, without the header in front. "Bearer token missing" and "basic understanding" are prose: credentials look made at random.</summary>
internal static class SchemeCredentials
{
    /// <summary>Gets the schemes, with what stands behind them in text and in URLs.</summary>
    public static readonly string[] Schemes = ["bearer ", "basic ", "bearer%20", "basic%20"];

    private const int Shortest = 8;

    public static bool IsAt(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        start = at + LengthOfScheme(text[at..]);
        end = start;
        if (start == at)
        {
            return false;
        }

        end += CharacterRun.Length(text[start..], CharacterRun.Credentials);
        // Bearer error="invalid_token"
        bool isParameter = end < text.Length && text[end] is '"' or '\'' or '\\' or '&' or '%' && end > start + 1 && text[end - 1] == '=' && !text[start..(end - 1)].ContainsAnyExcept(CharacterRun.Parameter);
        end = start + text[start..end].TrimEnd('.').Length;
        return !isParameter && end - start >= Shortest && Prose.LooksRandom(text[start..end]);
    }

    private static int LengthOfScheme(ReadOnlySpan<char> text)
    {
        foreach (string scheme in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return scheme.Length;
            }
        }

        return 0;
    }
}
