using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>
/// The Message-ID of a message: made of its own id alone, so that a mail server can tell a further attempt from another message. That of a group's first message is
/// what the others refer to.
/// </summary>
internal static partial class MessageId
{
    /// <summary>Gets the Message-ID, without its brackets.</summary>
    public static string Of(string notification, string domain) => $"{(Local().IsMatch(notification) ? notification : Hash(notification))}@{domain}";

    /// <summary>Finds out whether a text from a store has the form of our own: anything else would be a header of somebody else's making.</summary>
    public static bool IsOwn(string stored) => Whole().IsMatch(stored);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    [GeneratedRegex(@"\A[0-9a-f]{32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Local();

    [GeneratedRegex(@"\A[0-9a-f]{32}@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[A-Za-z0-9.:]{1,64}\])\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
