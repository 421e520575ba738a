using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;

/// <summary>What makes a rule fire, and what just does not.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="About">Which of its numbers.</param>
/// <param name="Severity">With which severity it fires.</param>
/// <param name="Happens">Lets it happen; or, where the argument is false, just not.</param>
internal sealed record RuleCase(string Rule, string About, AlertSeverity Severity, Action<RuleWorld, bool> Happens)
{
    public IReadOnlyList<AlertRuleOptions> Options { get; init; } = [];

    public override string ToString() => $"{Rule}: {About}";
}
