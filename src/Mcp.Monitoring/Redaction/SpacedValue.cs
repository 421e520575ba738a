using System.Collections.Frozen;

namespace Mcp.Monitoring.Redaction;

/// <summary>Whether the word after a telling name and a space is the secret, or prose: "password: must not be empty".</summary>
internal static class SpacedValue
{
    private const int LongestWord = 32;
    private const int RandomLength = 24;

    private static readonly FrozenSet<string> Plain = FrozenSet.ToFrozenSet(
        [
            "null", "none", "nil", "empty", "undefined", "true", "false", "yes", "no", "invalid", "expired", "missing", "required", "wrong", "incorrect", "unknown", "revoked",
            "denied", "failed", "rejected", "mismatch", "ok", "valid", "expected", "unexpected", "optional", "not set", "unset", "default", "string", "int", "object",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Schemes = FrozenSet.ToFrozenSet(
        ["bearer", "basic", "token", "apikey", "api-key", "negotiate", "ntlm", "digest", "hawk", "dpop", "signature", "key", "mutual", "sharedkey", "oauth"], StringComparer.OrdinalIgnoreCase);

    /// <param name="text">Text that begins with the word.</param>
    /// <param name="length">How long the word is.</param>
    public static bool IsSecret(ReadOnlySpan<char> text, int length)
    {
        ReadOnlySpan<char> word = text[..length].TrimEnd(",.:;!)]}");
        if (word.IsEmpty || (word.Length <= LongestWord && Plain.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)))
        {
            return false;
        }

        bool isWord = !word.ContainsAnyExceptInRange('A', 'z') && !LooksRandom(word);
        bool isLast = word.Length < length || length == text.Length || text[length] is not (' ' or '\t');
        return !isWord || isLast;
    }

    public static bool IsScheme(ReadOnlySpan<char> word) => Schemes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Returns whether a word looks as if nobody had chosen it: digits, case that changes within, or great length.</summary>
    public static bool LooksRandom(ReadOnlySpan<char> word)
    {
        if (word.Length >= RandomLength || word.ContainsAnyInRange('0', '9') || word.ContainsAny("+/="))
        {
            return true;
        }

        for (int i = 1; i < word.Length; i++)
        {
            if (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
