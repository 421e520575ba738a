using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>What a text has in it that holds a secret. Most texts have nothing of it, and are looked at no further.</summary>
internal static class SecretSigns
{
    // Several small sets are searched many times faster than one of all of them.
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["pass", "pwd", "psw", "parol", "secret", "token", "key", "sig", "cred", "auth", "cookie", "session", "hash", "hmac", "assertion", "ticket", "connstr", "connectionstring"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Parameters = SearchValues.Create(["code=", "code%3d", "sid=", "pw ", "pw:", "jwt", "curl ", "sqlcmd", "redis-cli", "docker login", "%d0%", "%d1%", "\\u04", "identified by", "identified%20by"], StringComparison.OrdinalIgnoreCase);

    // Words too short to be looked for without what ends them.
    private static readonly SearchValues<string> ShortWords = SearchValues.Create(
        [.. new[] { "pw", "pin", "otp" }.SelectMany(word => new[] { "=", "\"", "'", ">", "\\", "&", "%" }.Select(end => word + end))], StringComparison.OrdinalIgnoreCase);

    // Without the first letter, which may be a capital.
    private static readonly string[] RussianWords = ["арол", "АРОЛ", "окен", "ОКЕН", "екрет", "ЕКРЕТ", "люч", "ЛЮЧ", "фраз", "ФРАЗ", "ин-код", "ИН-КОД", "инкод", "ин код", "од доступа", "од подтверждения"];

    /// <summary>Whether there may be a name that tells of a secret.</summary>
    public static bool MayHaveName(ReadOnlySpan<char> text) => text.ContainsAny(Words) || text.ContainsAny(Parameters) || text.ContainsAny(ShortWords) || (text.ContainsAnyInRange(RussianNames.First, RussianNames.Last) && HasRussianWord(text));

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
