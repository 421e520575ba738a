using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Artifacts.Examples;

/// <summary>
/// The order of causes as Alertmanager knows one: of names, severities and equal labels. What it cannot know is how many of the errors a cause explains; so a cause mutes
/// nothing that is more severe, but that a dependency or an operation in trouble of severity high mutes a budget and a ratio: these tell of the same errors by another name.
/// </summary>
internal sealed class Inhibitions(IReadOnlyList<AlertRule> rules)
{
    private const string Unhealthy = "McpHealthUnhealthy";

    // A cause and its consequence are of the same service; of a replica where the process itself has told of both.
    private static readonly string[] Service = ["job", AlertLabels.Service, "instance"];

    private readonly IReadOnlyList<RankedAlert> _alerts = RankedAlert.All(rules);

    /// <summary>Gets what mutes what, by what both are about.</summary>
    public IEnumerable<(string Heading, IReadOnlyList<Inhibition> Rules)> All =>
    [
        ("Of the same dependency: its outage before what follows from it.", SameDependency),
        ("Of the same operation: that it fails before its budget.", SameOperation),
        ("Of the whole service: trouble of a dependency or an operation before what only counts it.", WholeService),
        ("All operations fail: not each of them as well.", Of(_alerts.Where(IsTotal), _ => true, [], Service)),
        ("An unhealthy check before the statuses that it causes.", Of(_alerts.Where(alert => alert.Name == Unhealthy), _ => true, [AlertLabels.Dependency + "=\"\""], Service)),
        ("The same alert: the more severe before the less severe.", MoreSevere),
    ];

    private IReadOnlyList<Inhibition> SameDependency => Of(
        _alerts.Where(alert => alert.IsOfDependency), alert => alert.MayNameDependency, [AlertLabels.Dependency + "!=\"\""], [.. Service, AlertLabels.Dependency]);

    private IReadOnlyList<Inhibition> SameOperation => Of(
        _alerts.Where(alert => alert.MayNameOperation), alert => alert.MayNameOperation, [AlertLabels.Operation + "!=\"\""], [.. Service, AlertLabels.OperationType, AlertLabels.Operation]);

    private IReadOnlyList<Inhibition> WholeService
    {
        get
        {
            RankedAlert[] causes = [.. _alerts.Where(alert => !IsTotal(alert) && alert.Name != Unhealthy)];
            return
            [
                .. Of(causes, alert => alert.MayBeOfService && CauseOrder.CountsErrors(alert.Name), [AlertLabels.Operation + "=\"\""], Service),
                .. Of(causes, alert => alert.MayBeOfService && !CauseOrder.CountsErrors(alert.Name), [AlertLabels.Operation + "=\"\"", AlertLabels.Dependency + "=\"\""], Service),
            ];
        }
    }

    private IReadOnlyList<Inhibition> MoreSevere
    {
        get
        {
            string[] all = [.. Enum.GetValues<AlertSeverity>().OrderDescending().Select(severity => severity.Label())];
            string[] labels = ["alertname", .. Service, .. rules.SelectMany(rule => rule.By).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            string[] names = [.. rules.Where(rule => rule.Levels.Select(level => level.Severity).Distinct().Count() > 1 || rule.Raise is not null).Select(rule => rule.Name)];
            return [.. Enumerable.Range(0, all.Length - 1).Select(i => new Inhibition(new AlertSelector(names, [all[i]], []), new AlertSelector(names, all[(i + 1)..], []), labels))];
        }
    }

    private static bool IsTotal(RankedAlert alert) => alert.Name == CauseOrder.TotalOutage;

    // What mutes the same is one entry. None has an alert on both sides: Alertmanager would mute nothing by it.
    private Inhibition[] Of(IEnumerable<RankedAlert> causes, Func<RankedAlert, bool> isTarget, IReadOnlyList<string> targetMatchers, IReadOnlyList<string> equal)
    {
        RankedAlert[] targets = [.. _alerts.Where(isTarget)];
        return
        [
            .. from cause in causes
               from severity in cause.Severities.OrderDescending()
               from part in Parts(cause, severity, targets)
               group (cause, severity) by (Names: string.Join('|', part.Names), Limits: string.Join('|', part.Severities)) into same
               let known = same.GroupBy(entry => entry.cause, entry => entry.severity)
               from together in known.GroupBy(entry => entry.Count() == entry.Key.Severities.Count ? "" : string.Join('|', entry.Select(severity => severity.Label())), entry => entry.Key.Name, StringComparer.Ordinal)
               select new Inhibition(new AlertSelector([.. together], Split(together.Key), []), new AlertSelector(Split(same.Key.Names), Split(same.Key.Limits), targetMatchers), equal),
        ];
    }

    // Those that are muted whatever their severity, and those only while it is no more than that of the cause.
    private static IEnumerable<(string[] Names, string[] Severities)> Parts(RankedAlert cause, AlertSeverity severity, RankedAlert[] targets)
    {
        RankedAlert[] muted = [.. targets.Where(target => CauseOrder.MayExplain(cause.Name, target.Name) && target.Severities[0] <= Limit(cause, severity, target))];
        string[] always = [.. muted.Where(target => target.Worst <= Limit(cause, severity, target)).Select(target => target.Name)];
        string[] sometimes = [.. muted.Where(target => target.Worst > Limit(cause, severity, target)).Select(target => target.Name)];
        string[] limits = [.. Enum.GetValues<AlertSeverity>().Where(limit => limit <= severity).OrderDescending().Select(limit => limit.Label())];
        if (always.Length > 0)
        {
            yield return (always, []);
        }

        if (sometimes.Length > 0)
        {
            yield return (sometimes, limits);
        }
    }

    private static AlertSeverity Limit(RankedAlert cause, AlertSeverity severity, RankedAlert target) =>
        severity >= AlertSeverity.High && CauseOrder.IsSymptom(target.Name) && !CauseOrder.IsSymptom(cause.Name) && (cause.IsOfDependency || cause.MayNameOperation)
            ? AlertSeverity.Critical
            : severity;

    private static string[] Split(string joined) => joined.Length == 0 ? [] : joined.Split('|');
}
