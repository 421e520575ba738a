namespace Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;

/// <summary>Every number of the catalogue, met and just not met.</summary>
internal static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } = [.. UrgentRuleCases.All, .. QuietRuleCases.All];
}
