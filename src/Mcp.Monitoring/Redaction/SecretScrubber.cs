using System.Buffers;

namespace Mcp.Monitoring.Redaction;

/// <summary>
/// Takes secrets out of text that leaves the process: in URLs, queries, headers, JSON, connection strings and prose, and tokens that are known by their shape.
/// The time is linear in the length, whatever the text is; it never throws. Text without a sign of a secret comes back as the same object.
/// </summary>
internal static class SecretScrubber
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Replacement = "***";

    /// <summary>The most UTF-16 units of a text that are kept.</summary>
    public const int LongestText = 16 * 1024;

    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "://", "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "key", "signature", "credentials", "authorization", "cookie", "bearer ", "basic ",
            "?code=", "&code=", "code=", "code%3d", "auth=", "auth%3d", "session=", "sessionid=", "session_id=", "sid=", "sig=", "sig%3d", "pass=", "pw=", "psw=", "hash=", "hmac=",
            "otp=", "pin=", "jwt=", "assertion=", "ticket=", "eyj", "-----begin ", "webhook", "hooks.slack.com", .. TokenShape.Starts,
        ],
        StringComparison.OrdinalIgnoreCase);

    public static string Scrub(string text)
    {
        string kept = TextCut.AtWord(text, LongestText);
        return MayHoldSecret(kept) ? new SecretScan(kept).Run() : kept;
    }

    // The token of a chat bot has no word in it to know it by.
    private static bool MayHoldSecret(string text) => text.AsSpan().ContainsAny(Signs) || SecretScan.HasBotToken(text);
}
