namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>
/// Which alert explains which: a dependency before operations, those before a budget, and a budget before a ratio. One of a lower rank explains those of a higher one
/// that are about the same dependency or operation; the outage of all operations, which names them, explains that of each. An alert about the whole service, which names
/// neither, is explained by the outage of any dependency and by the trouble of any operation; an alert about an operation only if its rule has found that most of its errors
/// name that dependency, and given it the label, or by a worse one about itself. Nothing is explained by what is less severe than itself, but for budgets and ratios: they
/// tell of the same errors by another name.
/// </summary>
internal static class CauseOrder
{
    /// <summary>The outage of all operations at once.</summary>
    public const string TotalOutage = "McpServerFailing";

    private const string Unhealthy = "McpHealthUnhealthy", HttpErrors = "McpHttpErrors";
    private const int Budget = 10, Ratio = 12;

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Hours = TimeSpan.FromHours(7);
    private static readonly TimeSpan Days = TimeSpan.FromHours(73);
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    // The time is for how long the numbers of an alert still hold the outage when that is over: its window and what it is kept firing.
    private static readonly Dictionary<string, (int Rank, TimeSpan Aftermath, Aspect Aspect)> Known = new(StringComparer.Ordinal)
    {
        ["McpIntegrationDown"] = (0, default, Aspect.Both),
        ["McpCircuitBreakerOpen"] = (1, Minutes, Aspect.Both),
        ["McpIntegrationErrors"] = (2, Minutes, Aspect.Both),
        ["McpDatabaseErrors"] = (2, Minutes, Aspect.Both),
        ["McpDbPoolExhausted"] = (2, Minutes, Aspect.Both),
        ["McpSlowQueries"] = (2, Minutes, Aspect.Time),
        [Unhealthy] = (2, Minutes, Aspect.Both),
        [TotalOutage] = (3, Minutes, Aspect.Errors),
        ["McpIntegrationRaised"] = (4, Minutes, Aspect.Both),
        ["McpToolFailing"] = (4, 2 * Minutes, Aspect.Errors),
        [HttpErrors] = (4, Minutes, Aspect.Both),
        ["McpActiveRequestsHigh"] = (4, Minutes, Aspect.Both),
        ["McpSlowOperations"] = (4, Minutes, Aspect.Time),
        ["McpRetriesHigh"] = (4, 2 * Minutes, Aspect.Both),
        ["McpRetriesExhausted"] = (4, 2 * Minutes, Aspect.Both),
        ["McpQueueGrowing"] = (4, Minutes, Aspect.Both),
        ["McpToolErrors"] = (5, 2 * Minutes, Aspect.Errors),
        ["McpOperationStuck"] = (5, Minutes, Aspect.Both),
        ["McpAvailabilityBurn"] = (Budget, Hours, Aspect.Errors),
        ["McpLatencyBurn"] = (Budget, Hours, Aspect.Time),
        ["McpBudgetSlowBurn"] = (Budget + 1, Days, Aspect.Both),
        ["McpErrorRatioHigh"] = (Ratio, Minutes, Aspect.Errors),
        ["McpLatencyTargetMissed"] = (Ratio, 3 * Minutes, Aspect.Time),
        ["McpErrorTargetMissed"] = (Ratio + 1, Day, Aspect.Errors),
    };

    private enum Aspect
    {
        Both,
        Errors,
        Time,
    }

    /// <summary>Gets for how long a cause is remembered after its end: no alert holds an outage for longer.</summary>
    public static TimeSpan LongestAftermath => Days;

    /// <summary>Gets the alerts that have a place in the order.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Gets where an alert stands in the order; <see langword="null"/> where it is neither cause nor consequence.</summary>
    public static int? RankOf(string rule) => Known.TryGetValue(rule, out var known) ? known.Rank : null;

    /// <summary>Gets whether an alert can explain others.</summary>
    public static bool IsCause(string rule) => RankOf(rule) < Ratio;

    /// <summary>Gets whether an alert counts the errors of all operations, so that a cause explains it only by its share of them.</summary>
    public static bool CountsAllErrors(ActiveAlert alert) => CountsErrors(alert.Rule) && !alert.Labels.ContainsKey(AlertLabels.Operation);

    /// <summary>Gets whether an alert counts errors of all operations, but where it names one.</summary>
    public static bool CountsErrors(string rule) => Known.TryGetValue(rule, out var known) && (known.Rank >= Budget || rule == TotalOutage) && known.Aspect != Aspect.Time;

    /// <summary>Gets whether an alert is about a budget or a ratio: the same errors by a name that nobody can act on.</summary>
    public static bool IsSymptom(string rule) => RankOf(rule) >= Budget;

    /// <summary>Gets for how long after the end of its cause an alert still says what the cause has said.</summary>
    public static TimeSpan Aftermath(string rule) => Known.TryGetValue(rule, out var known) ? known.Aftermath : default;

    /// <summary>Finds out whether one alert explains another, were it to fire.</summary>
    public static bool Explains(ActiveAlert cause, ActiveAlert consequence) =>
        (cause.Severity >= consequence.Severity || (IsSymptom(consequence.Rule) && !IsSymptom(cause.Rule))) && IsMoreSpecific(cause, consequence);

    /// <summary>Finds out whether one alert is the better name for what another tells of, however severe they are.</summary>
    public static bool IsMoreSpecific(ActiveAlert cause, ActiveAlert consequence) =>
        MayExplain(cause.Rule, consequence.Rule)
        && cause.Labels[AlertLabels.Service] == consequence.Labels[AlertLabels.Service]
        && IsAboutTheSame(cause, consequence);

    /// <summary>Finds out whether alerts of one rule explain those of another that are about the same.</summary>
    public static bool MayExplain(string cause, string consequence) =>
        Known.TryGetValue(cause, out var one)
        && Known.TryGetValue(consequence, out var other)
        && one.Rank < other.Rank
        && (one.Aspect == Aspect.Both || other.Aspect == Aspect.Both || one.Aspect == other.Aspect)
        && (cause != Unhealthy || consequence == HttpErrors);

    // What is about an operation speaks of that operation only, whatever dependency is to blame; while all operations fail, each does for the same reason.
    private static bool IsAboutTheSame(ActiveAlert cause, ActiveAlert consequence)
    {
        if (CountsAllErrors(consequence))
        {
            return true;
        }

        bool isOfOperation = consequence.Labels.TryGetValue(AlertLabels.Operation, out string? operation);
        if (cause.Labels.TryGetValue(AlertLabels.Operation, out string? own))
        {
            return isOfOperation
                ? own == operation && cause.Labels[AlertLabels.OperationType] == consequence.Labels[AlertLabels.OperationType]
                : !consequence.Labels.ContainsKey(AlertLabels.Dependency);
        }

        return cause.Rule == TotalOutage
            || (consequence.Labels.TryGetValue(AlertLabels.Dependency, out string? dependency) ? dependency == cause.Labels[AlertLabels.Dependency] : !isOfOperation);
    }
}
