using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>How the members are, as of the last step.</summary>
/// <param name="Status">All of them together.</param>
/// <param name="Problems">What is wrong with those that take no alerts.</param>
/// <param name="Sentences">How each is, in words: those first that take no alerts.</param>
internal sealed record ForwardingHealth(ChannelStatus Status, IReadOnlyList<string> Problems, IReadOnlyList<string> Sentences)
{
    public static ForwardingHealth None { get; } = Of([], clock: null);

    public static ForwardingHealth Of(IReadOnlyList<AlertmanagerMember> members, AlertClock? clock)
    {
        AlertmanagerMember[] failing = [.. members.Where(member => member.FailingSince is not null)];
        var status = new ChannelStatus
        {
            Name = AlertmanagerHost.Channel,
            MinimumSeverity = AlertSeverity.Low,
            IsRemote = true,
            IsDown = failing.Length > 0 && failing.Length == members.Count,
            LastError = failing.LastOrDefault()?.LastError,
            Waiting = members.Sum(member => member.Waiting),
            LastSuccess = members.Max(member => member.LastSuccess),
        };
        string[] problems =
        [
            .. failing.Select(member => $"Alertmanager {member.Name} takes no alerts for {AlertTexts.In(AlertLanguage.En).Elapsed(clock!.Now - member.FailingSince!.Value)}: {member.LastError?.TrimEnd('.')}"),
            .. members.Where(static member => member.Ahead >= ForwardedAlert.Horizon).Select(member => $"The clock of Alertmanager {member.Name} is ahead by {AlertTexts.In(AlertLanguage.En).Elapsed(member.Ahead)}: alerts are over there before they are told. Set both clocks by NTP"),
        ];
        return new ForwardingHealth(
            status,
            problems,
            [.. problems, .. members.Where(member => member.FailingSince is null).Select(member => $"Alertmanager {member.Name} {(member.LastSuccess is null ? "was not asked so far" : "takes alerts")}")]);
    }
}
