namespace Mcp.Monitoring.Alerts.Inhibition;

/// <summary>
/// Which alert explains which: one of a lower rank explains those of a higher one that are about the same dependency. An alert about the whole service, which names
/// neither dependency nor operation (ratio, burn, latency), is explained by the outage of any dependency and by the trouble of any operation; an alert about an operation
/// only if its rule has found that most of its errors name that dependency, and given it the label. Nothing is explained by what is less severe than itself.
/// </summary>
internal static class CauseOrder
{
    private const int WholeService = 4;

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Hours = TimeSpan.FromHours(7);
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    // The time is for how long the numbers of an alert still hold the outage when that is over: its window and what it is kept firing.
    private static readonly Dictionary<string, (int Rank, TimeSpan Aftermath)> Known = new(StringComparer.Ordinal)
    {
        ["McpIntegrationDown"] = (0, default),
        ["McpCircuitBreakerOpen"] = (1, Minutes),
        ["McpIntegrationErrors"] = (2, Minutes),
        ["McpDatabaseErrors"] = (2, Minutes),
        ["McpIntegrationRaised"] = (3, Minutes),
        ["McpToolFailing"] = (3, 2 * Minutes),
        ["McpToolErrors"] = (3, 2 * Minutes),
        ["McpHttpErrors"] = (3, Minutes),
        ["McpOperationStuck"] = (3, Minutes),
        ["McpActiveRequestsHigh"] = (3, Minutes),
        ["McpDbPoolExhausted"] = (3, Minutes),
        ["McpSlowQueries"] = (3, Minutes),
        ["McpSlowOperations"] = (3, Minutes),
        ["McpRetriesHigh"] = (3, 2 * Minutes),
        ["McpRetriesExhausted"] = (3, 2 * Minutes),
        ["McpQueueGrowing"] = (3, Minutes),
        ["McpErrorRatioHigh"] = (WholeService, Minutes),
        ["McpLatencyTargetMissed"] = (WholeService, 3 * Minutes),
        ["McpAvailabilityBurn"] = (WholeService, Hours),
        ["McpLatencyBurn"] = (WholeService, Hours),
        ["McpErrorTargetMissed"] = (WholeService, Day),
    };

    /// <summary>Gets where an alert stands in the order; <see langword="null"/> where it is neither cause nor consequence.</summary>
    public static int? RankOf(string rule) => Known.TryGetValue(rule, out (int Rank, TimeSpan Aftermath) known) ? known.Rank : null;

    /// <summary>Gets whether an alert can explain others.</summary>
    public static bool IsCause(string rule) => RankOf(rule) < WholeService;

    /// <summary>Gets for how long after the end of its cause an alert still says what the cause has said.</summary>
    public static TimeSpan Aftermath(string rule) => Known.TryGetValue(rule, out (int Rank, TimeSpan Aftermath) known) ? known.Aftermath : default;

    /// <summary>Finds out whether one alert explains another, were it to fire.</summary>
    public static bool Explains(ActiveAlert cause, ActiveAlert consequence) =>
        RankOf(cause.Rule) < RankOf(consequence.Rule)
        && cause.Severity >= consequence.Severity
        && cause.Labels[AlertLabels.Service] == consequence.Labels[AlertLabels.Service]
        && IsAboutTheSame(cause, consequence);

    private static bool IsAboutTheSame(ActiveAlert cause, ActiveAlert consequence) =>
        consequence.Labels.TryGetValue(AlertLabels.Dependency, out string? dependency)
            ? dependency == cause.Labels[AlertLabels.Dependency]
            : !consequence.Labels.ContainsKey(AlertLabels.Operation);
}
