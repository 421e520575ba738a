namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Samples of every level of the catalogue that Prometheus can judge, and why it cannot judge the others.</summary>
internal static class RuleSamples
{
    public static IReadOnlyList<LevelSamples> All { get; } =
        [.. IntegrationSamples.All, .. OperationSamples.All, .. DatabaseSamples.All, .. ServerSamples.All, .. TrafficSamples.All, .. BurnSamples.All];

    /// <summary>Gets the levels that only the process can judge.</summary>
    public static IReadOnlyDictionary<string, string> OfProcess { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["McpThreadPoolStarved 0"] = "The queue of the pool is read when rules are evaluated, and is no metric of ours.",
        ["McpCrashLoop 0"] = "How the process ended before is read from its store at the start.",
        ["McpUncleanStop 0"] = "How the process ended before is read from its store at the start.",
        ["McpChannelDown 0"] = "Where alerts go through Prometheus, Alertmanager delivers them, and has alerts of its own for that.",
        ["McpAlertStoreDegraded 0"] = "Prometheus keeps its alerts itself.",
        ["McpAlertInstancesTruncated 0"] = "The limit is one of the evaluation in the process.",
        ["McpAlertRuleFailing 0"] = "It is about the evaluation in the process; Prometheus has prometheus_rule_evaluation_failures_total.",
    };
}
