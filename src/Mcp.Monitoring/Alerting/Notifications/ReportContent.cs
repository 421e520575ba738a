using System.Globalization;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What the daily report says of the last 24 hours, and of what is open now.</summary>
internal sealed record ReportContent
{
    private const int Shown = 5, MostBudgets = 10, LongestTitle = 160;

    /// <summary>Gets how many calls were answered; none where they are not counted.</summary>
    public long? Calls { get; init; }

    public long Failed { get; init; }

    /// <summary>Gets the 95th percentile of the last hour, in seconds.</summary>
    /// <value><see cref="double.NaN"/> without calls.</value>
    public double P95 { get; init; } = double.NaN;

    /// <summary>Gets how many alerts there were in the last 24 hours.</summary>
    public IReadOnlyDictionary<AlertSeverity, int> Alerts { get; init; } = new Dictionary<AlertSeverity, int>();

    /// <summary>Gets how many alerts fire now.</summary>
    public IReadOnlyDictionary<AlertSeverity, int> Firing { get; init; } = new Dictionary<AlertSeverity, int>();

    /// <summary>Gets the incidents that are not over.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Gets the share of each objective's budget that is left.</summary>
    public IReadOnlyList<(string Objective, double Left)> Budgets { get; init; } = [];

    /// <summary>Gets the channels that do not work.</summary>
    public IReadOnlyList<string> Down { get; init; } = [];

    /// <summary>Gets how many things are not as they should be: what an incident is about is one with it.</summary>
    public int Open => Math.Max(Incidents.Count, Firing.Values.Sum()) + Down.Count;

    public string Mark => Open == 0 ? SeverityMark.Resolved : SeverityMark.Of(Firing.Keys.Concat(Incidents.Select(incident => incident.Severity)).DefaultIfEmpty(AlertSeverity.Medium).Max());

    public string Heading(AlertTexts texts) => Open == 0 ? texts["report.heading_well"] : texts.Say("report.heading_open", Open);

    public string Body(AlertTexts texts) => string.Join(", ", new[] { CallsOf(texts), double.IsNaN(P95) ? "" : texts.Say("report.p95", texts.Seconds(P95)) }.Where(part => part.Length > 0));

    public IEnumerable<string> Facts(AlertTexts texts, LocalTimes times, DateTimeOffset now)
    {
        yield return Alerts.Values.Sum() is > 0 and var count ? texts.Say("report.alerts", count, BySeverity(Alerts, texts)) : texts["report.no_alerts"];
        if (Firing.Count > 0)
        {
            yield return texts.Say("report.firing", BySeverity(Firing, texts));
        }

        foreach (Incident incident in Incidents.Take(Shown))
        {
            string number = incident.Number.ToString(CultureInfo.InvariantCulture), since = times.At(incident.OpenedAt, now), title = LineSanitizer.Of(incident.Title, LongestTitle), severity = texts.Word(incident.Severity);
            yield return incident.AcknowledgedBy is { } by
                ? texts.Say("report.incident_acknowledged", number, since, title, severity, LineSanitizer.Of(by, LongestTitle))
                : texts.Say("report.incident", number, since, title, severity);
        }

        if (Incidents.Count > Shown)
        {
            yield return texts.Say("missed.more", Incidents.Count - Shown);
        }

        foreach (string channel in Down)
        {
            yield return texts.Say("report.channel", channel);
        }

        foreach ((string objective, double left) in Budgets.OrderBy(budget => budget.Left).Take(MostBudgets))
        {
            string name = LineSanitizer.Of(objective, LongestTitle);
            yield return left > 0 ? texts.Say("report.budget", name, texts.Percent(left)) : texts.Say("report.budget_spent", name);
        }
    }

    private string CallsOf(AlertTexts texts) => Calls switch
    {
        null => "",
        0 => texts["report.no_calls"],
        _ when Failed == 0 => texts.Say("report.calls_well", Calls.Value),
        _ => texts.Say("report.calls", Calls.Value, Failed, texts.Percent((double)Failed / Calls.Value)),
    };

    private static string BySeverity(IReadOnlyDictionary<AlertSeverity, int> counts, AlertTexts texts) =>
        string.Join(", ", counts.OrderByDescending(pair => pair.Key).Select(pair => texts.Say("digest.by_severity", pair.Value, texts.Word(pair.Key))));
}
