using System.Buffers;
using Mcp.Monitoring.Redaction.Names;

namespace Mcp.Monitoring.Redaction;

/// <summary>What a text has in it that holds a secret. Most texts have nothing of it, and are looked at no further.</summary>
internal static class SecretSigns
{
    // Several small sets are searched many times faster than one of all of them.
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["pass", "pwd", "psw", "parol", "secret", "token", "key", "sig", "cred", "auth", "cookie", "session", "hash", "hmac", "assertion", "ticket", "connstr", "connectionstring"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Parameters = SearchValues.Create(["code=", "code%3d", "sid=", "pw=", "pw\"", "pw'", "otp=", "pin=", "jwt=", "%d0%", "%d1%", "\\u04", "identified by"], StringComparison.OrdinalIgnoreCase);

    // Without the first letter, which may be a capital.
    private static readonly string[] RussianWords = ["арол", "АРОЛ", "окен", "ОКЕН", "екрет", "ЕКРЕТ", "люч", "ЛЮЧ", "фраз", "ФРАЗ"];

    /// <summary>Whether there may be a name that tells of a secret.</summary>
    public static bool MayHaveName(ReadOnlySpan<char> text) => text.ContainsAny(Words) || text.ContainsAny(Parameters) || (text.ContainsAnyInRange(RussianNames.First, RussianNames.Last) && HasRussianWord(text));

    private static bool HasRussianWord(ReadOnlySpan<char> text)
    {
        foreach (string word in RussianWords)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
