using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>
/// Who needs no further attempt of a message: who has it, and who will never get it. Between attempts it is a short text, such as <c>+Yl9mQ0aB-7cJrT_xd</c>: a sign and
/// the beginning of a hash for each address.
/// </summary>
internal sealed partial class RecipientProgress
{
    private const int HashBytes = 6, HashLength = 8;

    private readonly string _message;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    private RecipientProgress(string message) => _message = message;

    /// <summary>Gets whether somebody has it.</summary>
    public bool IsTaken => _taken.Count > 0;

    /// <summary>Reads what the last attempt wrote; what has another form counts as nothing, and everybody is told.</summary>
    public static RecipientProgress Of(AlertNotification notification)
    {
        var progress = new RecipientProgress(notification.Id);
        if (notification.Progress is { } text && Form().IsMatch(text))
        {
            for (int at = 0; at < text.Length; at += 1 + HashLength)
            {
                (text[at] == '+' ? progress._taken : progress._refused).Add(text.Substring(at + 1, HashLength));
            }
        }

        return progress;
    }

    public bool NeedsAttempt(string address) => Hash(address) is var hash && !_taken.Contains(hash) && !_refused.Contains(hash);

    public void Taken(string address) => _taken.Add(Hash(address));

    public void Refused(string address) => _refused.Add(Hash(address));

    /// <summary>Writes it for the next attempt.</summary>
    public string Next() => string.Concat(_taken.Select(static hash => $"+{hash}").Concat(_refused.Select(static hash => $"-{hash}")));

    // With the message's id, so that it says nothing of another message.
    private string Hash(string address) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{_message}\n{address}")), 0, HashBytes).Replace('+', '_').Replace('/', '.');

    [GeneratedRegex(@"\A([+-][A-Za-z0-9_.]{8}){1,100}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
