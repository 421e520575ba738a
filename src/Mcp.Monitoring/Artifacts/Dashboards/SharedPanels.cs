using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Panels that several dashboards have.</summary>
internal static class SharedPanels
{
    /// <summary>The width of a column of types of operations, in pixels.</summary>
    public const int TypeWidth = 110;

    private const int StatWidth = 3, StatHeight = 4;
    private const string OwnBeginning = "Mcp", OwnNames = OwnBeginning + ".+", FiringState = "state=\"firing\"";

    private static readonly string[] ByDependency = [AlertLabels.Dependency];

    public static readonly Mapping[] UpOrDown = [new(0, "word.down", Palette.Bad), new(1, "word.up", Palette.Good)];

    /// <summary>One number of now, or of the time that is shown.</summary>
    public static Panel Stat(string key, string unit, string expr) => new(key, PanelKind.Stat, unit, new Target(expr) { IsInstant = true }) { Width = StatWidth, Height = StatHeight };

    /// <summary>Alerts of Prometheus and of the processes themselves: where both judge, both say the same.</summary>
    public static Panel FiringAlerts(string key, DashboardSource source) => Stat(key, Units.Count, $"count({Firing(source)}) or 0 * count({source.Query.Series(MetricNames.BuildInfo)})") with
    {
        Empty = Emptiness.NotMeasured,
        IsAlarm = true,
    };

    /// <summary>Writes which alerts fire: by the rules of Prometheus or by those in the process.</summary>
    public static string Firing(DashboardSource source, string severities = ".+")
    {
        string severity = $"severity=~\"{severities}\"";
        return Firing($"job=~\"$job\", mcp_service=~\"$service\", {severity}, ", source.Query.Series(MetricNames.Alerts, FiringState, severity), source);
    }

    /// <summary>Writes which alerts of all services fire.</summary>
    public static string FiringAnywhere(DashboardSource source) => Firing("", source.Query.OfAll(MetricNames.Alerts, FiringState), source);

    private static string Firing(string matchers, string own, DashboardSource source)
    {
        string ofPrometheus = $"ALERTS{{{matchers}alertname=~\"{Names(source.Rules)}\", alert{FiringState}}}";
        return $"max by (alertname, severity, job, mcp_service) ({ofPrometheus}) or max by (alertname, severity, job, mcp_service) ({own} == 1)";
    }

    // Those of the catalogue have a beginning of their own, the user's need not.
    private static string Names(IEnumerable<AlertRule> rules) =>
        string.Join('|', [OwnNames, .. rules.Select(rule => rule.Name).Where(name => !name.StartsWith(OwnBeginning, StringComparison.Ordinal))]);

    public static Panel OpenBreakers(string key, DashboardSource source) => Stat(key, Units.Count, $"sum({source.Query.Max(ByDependency, DependencyMetricNames.CircuitBreakerState, "state=\"open\"")})") with
    {
        Empty = Emptiness.NotMeasured,
        Limits = source.Limits.Of("McpCircuitBreakerOpen"),
    };

    public static Row Breakers(string key, DashboardSource source)
    {
        Query query = source.Query;
        string State(string state) => query.Series(DependencyMetricNames.CircuitBreakerState, $"state=\"{state}\"");
        return new Row(
            key,
            new Panel("breakers.state", PanelKind.StateTimeline, Units.None, new Target($"max by (dependency) ({State("half_open")} or 2 * {State("open")} or 3 * {State("isolated")})", "{{dependency}}"))
            {
                Width = 12,
                Empty = Emptiness.NotMeasured,
                Mappings =
                [
                    new(0, "word.closed", Palette.Good), new(1, "word.half_open", Palette.Warning), new(2, "word.open", Palette.Bad), new(3, "word.isolated", Palette.Notice),
                ],
            },
            new Panel("breakers.refused", PanelKind.TimeSeries, Units.Events, new Target(query.Rate(ByDependency, DependencyMetricNames.CircuitBreakerRejected), "{{dependency}}"))
            {
                Width = 6,
                Empty = Emptiness.NotMeasured,
            },
            new Panel("breakers.openings", PanelKind.Bars, Units.Count, new Target(query.Steps(ByDependency, DependencyMetricNames.CircuitBreakerTransitions, "to=\"open\""), "{{dependency}}"))
            {
                Width = 6,
                Empty = Emptiness.NotMeasured,
            });
    }
}
