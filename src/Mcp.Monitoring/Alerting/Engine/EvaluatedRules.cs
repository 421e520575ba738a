using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>The rules that this process evaluates.</summary>
internal static class EvaluatedRules
{
    public static IReadOnlyList<AlertRule> Of(AlertSetup setup)
    {
        IReadOnlyList<AlertRule> all = All(setup);
        return setup.Options.Mode == AlertMode.RulesOnly ? [.. all.Where(IsSelfCheck)] : all;
    }

    public static IReadOnlyList<AlertRule> All(AlertSetup setup) => RuleCatalogue.Build(setup.Thresholds, setup.Options.Rules, setup.MetricsPrefix, setup.Runbooks);

    /// <summary>Finds out whether a rule is of what only the process itself knows; the rest Prometheus judges better, since it sees all replicas.</summary>
    public static bool IsSelfCheck(AlertRule rule) => rule.IsInProcessOnly;
}
