namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>A rule of the catalogue: its numbers, and the rule that they make.</summary>
internal sealed record CatalogueRule(string Name, RuleNumbers Numbers, Func<RuleNumbers, AlertRule> Build)
{
    public RuleNumbers Numbers { get; } = Numbers with { Name = Name };
}
