using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>What dashboards are made from.</summary>
/// <param name="prefix">How the names of our metrics begin.</param>
/// <param name="rules">All rules.</param>
/// <param name="objectives">All objectives.</param>
/// <param name="scrapeInterval">How often Prometheus scrapes.</param>
internal sealed class DashboardSource(string prefix, IReadOnlyList<AlertRule> rules, IReadOnlyList<SloDefinition> objectives, TimeSpan scrapeInterval)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public string Prefix => prefix;

    public IReadOnlyList<AlertRule> Rules => rules;

    public IReadOnlyList<SloDefinition> Objectives => objectives;

    public Query Query { get; } = new(prefix);

    public RuleLimits Limits { get; } = new(rules);

    /// <summary>Gets a time that has four scrapes, where a query cannot know the step of a panel.</summary>
    public string FourScrapes { get; } = PromQL.Text(TimeSpan.FromTicks(Math.Max(Minute.Ticks, 4 * scrapeInterval.Ticks)));
}
