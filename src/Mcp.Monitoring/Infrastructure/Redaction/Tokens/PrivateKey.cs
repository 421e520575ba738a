namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>A private key in PEM, and what is left of one that was cut.</summary>
internal static class PrivateKey
{
    public const string Begin = "-----BEGIN ";

    private const int LongestLabel = 64;
    private const string End = "-----END ", Dashes = "-----";

    public static bool IsAt(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        int label = at + Begin.Length;
        start = end = at;
        if (!text[at..].StartsWith(Begin, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int length = text.Slice(label, Math.Min(LongestLabel, text.Length - label)).IndexOf(Dashes, StringComparison.Ordinal);
        if (length < 0 || !text.Slice(label, length).Contains("PRIVATE KEY", StringComparison.Ordinal) || text.Slice(label, length).ContainsAnyExcept(CharacterRun.KeyLabel))
        {
            return false;
        }

        start = label + length + Dashes.Length;
        int body = text[start..].IndexOf(End, StringComparison.Ordinal);
        end = body < 0 ? text.Length : start + body;
        return true;
    }
}
