using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Says in one sentence how the server is, the worst first: what is broken, since when, who was told, who looks after it.</summary>
internal sealed class StateSentence(AlertTexts texts, TimeZoneInfo zone, DateTimeOffset now, bool hasAlerts)
{
    private readonly LocalTimes _times = new(zone, texts);

    /// <param name="view">What is shown, with everything but the sentence.</param>
    public StateView Of(StatusView view)
    {
        IncidentView[] open = [.. view.Incidents.Where(incident => incident.State != "resolved")];
        AlertView[] firing = [.. view.Alerts.Where(alert => alert is { State: "firing", IsSilenced: false, IsInhibited: false })];
        int silenced = view.Alerts.Count(alert => alert is { State: "firing", IsSilenced: true });
        OperationView[] failing = [.. view.Operations.Where(operation => operation.IsFailing)];
        int breakers = view.Dependencies.Count(dependency => dependency.Breaker is "open" or "half_open" or "isolated");
        string sentence =
            open.Length > 0 ? Of(open[0], open.Length - 1, view.Channels)
            : firing.Length > 0 ? texts.Say("page.alert", $"{Subject(firing[0])}{firing[0].Summary}", Since(firing[0].StartedAt))
            : Join(
                failing.Length > 0 ? Of(failing[0], failing.Length - 1) : silenced > 0 ? "" : Well(view.LastHour),
                silenced > 0 ? texts.Say("page.silenced", silenced) : failing.Length > 0 && hasAlerts ? texts["page.no_alert"] : "");
        StateLevel level =
            open.Any(incident => IsBad(incident.Severity)) || firing.Any(alert => IsBad(alert.Severity)) ? StateLevel.Critical
            : open.Length > 0 || firing.Length > 0 || failing.Length > 0 || silenced > 0 ? StateLevel.Warning
            : StateLevel.Healthy;
        return new StateView(level, sentence, open.Length, breakers);
    }

    private string Of(IncidentView incident, int others, IReadOnlyList<ChannelView> channels) => Join(
        texts.Say("page.incident", incident.Title, incident.Summary.TrimEnd('.'), Since(incident.Since)),
        Told(incident, channels),
        incident.AcknowledgedBy is { } by && incident.AcknowledgedAt is { } at ? texts.Say("page.acknowledged", by, _times.At(at, now)) : texts["page.not_acknowledged"],
        others > 0 ? texts.Say("page.and_incidents", others) : "");

    private string Told(IncidentView incident, IReadOnlyList<ChannelView> channels)
    {
        string[] people = [.. channels.Where(channel => channel.IsRemote).Select(channel => channel.Name)];
        ToldView[] told = [.. incident.Told.Where(told => people.Contains(told.Channel, StringComparer.Ordinal))];
        return people.Length == 0 ? texts["page.log_only"]
            : told.Length == 0 ? texts[channels.Any(channel => channel is { Name: AlertmanagerHost.Channel, Works: true }) ? "page.forwarded" : "page.not_told"]
            : texts.Say("page.told", _times.At(told[0].At, now), string.Join(", ", told.Select(each => each.Channel).Distinct(StringComparer.Ordinal)));
    }

    private string Of(OperationView operation, int others)
    {
        string failed = texts.Count(operation.RecentErrors), calls = texts.Count(operation.RecentCalls);
        return Join(
            operation.LastSuccess is { } last
                ? texts.Say("page.failing", operation.Name, failed, calls, $"{_times.Exact(last, now)} {ZoneName.Of(zone, last, texts)}")
                : texts.Say("page.failing_since_start", operation.Name, failed, calls),
            others > 0 ? texts.Say("page.and_failing", others) : "");
    }

    private string Well(CallsView calls) => calls switch
    {
        { Calls: 0 } => texts["page.no_calls"],
        { P95: { } p95 } => texts.Say("page.well_p95", calls.Calls, texts.Percent(calls.Success / calls.Calls), texts.Seconds(p95)),
        _ => texts.Say("page.well", calls.Calls, texts.Percent(calls.Success / calls.Calls)),
    };

    private string Since(DateTimeOffset from) => texts.Say("page.since", _times.At(from, now), texts.Elapsed(now - from));

    // Its summary has numbers only.
    private static string Subject(AlertView alert)
    {
        foreach (string label in (ReadOnlySpan<string>)[AlertLabels.Dependency, AlertLabels.Operation, AlertLabels.Channel])
        {
            if (alert.Labels.TryGetValue(label, out string? subject) && subject.Length > 0)
            {
                return $"{subject}: ";
            }
        }

        return "";
    }

    private static bool IsBad(string severity) => severity is "critical" or "high";

    private static string Join(params string[] parts) => string.Join(' ', parts.Where(part => part.Length > 0));
}
