using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>The first message of an outage, by which Slack finds it.</summary>
/// <param name="Channel">The id of the channel, not its name.</param>
/// <param name="Message">The <c>ts</c> of the message.</param>
internal readonly partial record struct SlackThread(string Channel, string Message)
{
    /// <summary>Reads a reference; what has not its form, such as one of another channel's, is none.</summary>
    public static SlackThread? Parse(string? reference) =>
        reference is not null && Form().Match(reference) is { Success: true } match ? new SlackThread(match.Groups["channel"].Value, match.Groups["message"].Value) : null;

    /// <summary>Finds out whether a text is the id of a channel: a name could be that of any.</summary>
    public static bool IsChannelId(string channel) => Id().IsMatch(channel);

    public override string ToString() => $"{Channel}:{Message}";

    [GeneratedRegex(@"^(?<channel>[CGD][A-Z0-9]{1,30}):(?<message>[0-9]{1,12}\.[0-9]{1,9})\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[CGD][A-Z0-9]{6,30}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
