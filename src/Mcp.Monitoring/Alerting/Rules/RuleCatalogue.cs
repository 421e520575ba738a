using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>All rules: those of the catalogue with the numbers that the user wants, and the user's own.</summary>
internal static class RuleCatalogue
{
    private const string UsualPrefix = "mcp";

    /// <summary>Gets the names of the catalogue.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All(new ThresholdOptions()).Select(rule => rule.Name)];

    public static bool Has(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets a rule of the catalogue as it is by itself.</summary>
    public static CatalogueRule Find(ThresholdOptions thresholds, string name) => All(thresholds).First(rule => rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <param name="thresholds">The limits that rules share with others.</param>
    /// <param name="options">Changes, and rules of the user's own; they were checked before.</param>
    /// <param name="prefix">The prefix of our metrics, by which the user knows them.</param>
    /// <param name="runbooks">Where the runbooks of the catalogue can be read, if anywhere.</param>
    public static IReadOnlyList<AlertRule> Build(ThresholdOptions thresholds, IEnumerable<AlertRuleOptions> options, string prefix = UsualPrefix, string? runbooks = null)
    {
        AlertRuleOptions[] given = [.. options];
        return
        [
            .. from rule in All(thresholds)
               let changes = Array.Find(given, entry => entry.Name.Equals(rule.Name, StringComparison.OrdinalIgnoreCase))
               select rule.Build(changes is null ? rule.Numbers : rule.Numbers.With(changes)) with { BuiltInRunbook = runbooks is null ? null : RunbookSection.At(runbooks, rule.Name) },
            .. given.Where(entry => !Has(entry.Name)).Select(entry => UserDefinedRule.Build(entry, Own(entry.Metric!, prefix))),
        ];
    }

    // Here our metrics have the names of the catalogue, whatever their prefix is on the page.
    private static string Own(string metric, string prefix) =>
        MetricCatalogue.All.FirstOrDefault(known => known.NameWith(prefix) == metric)?.Name ?? metric;

    // Those that speak of other rules stand last: they see what this evaluation did.
    private static IEnumerable<CatalogueRule> All(ThresholdOptions thresholds) =>
    [
        .. IntegrationRules.Of(thresholds),
        .. OperationRules.Of(thresholds),
        .. DatabaseRules.All,
        .. ServerRules.Of(thresholds),
        .. TrafficRules.Of(thresholds),
        .. BurnRules.All,
        .. SelfMonitoringRules.All,
    ];
}
