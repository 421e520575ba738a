using Mcp.Monitoring.Artifacts.Rules;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>A rule that is not as it was written.</summary>
/// <param name="Of">The level, or the recorded series.</param>
/// <param name="Change">What changed.</param>
/// <param name="Rules">The rules as a file, this one among them.</param>
/// <param name="Tests">The tests of which one must tell it from the right one, of a file that is called <see cref="File"/>.</param>
internal sealed record RuleMutant(string Of, string Change, string Rules, Lazy<IReadOnlyList<string>> Tests)
{
    public const string File = "rules-of-a-mutant.yml";

    private const int Twice = 2;

    public override string ToString() => $"{Of}: {Change}";

    /// <summary>Changes all that there is of a rule, one thing at a time.</summary>
    public static IEnumerable<(string Change, ExportedRule Rule)> All(ExportedRule rule)
    {
        foreach ((string change, string expression) in PromQLMutants.Of(rule.Expression))
        {
            yield return (change, rule with { Expression = expression });
        }

        if (rule.For > TimeSpan.Zero)
        {
            yield return ("for to 0", rule with { For = TimeSpan.Zero });
            yield return ("for to twice", rule with { For = rule.For * Twice });
        }

        if (rule.KeepFiringFor > TimeSpan.Zero)
        {
            yield return ("keep_firing_for to 0", rule with { KeepFiringFor = TimeSpan.Zero });
            yield return ("keep_firing_for to twice", rule with { KeepFiringFor = rule.KeepFiringFor * Twice });
        }
    }
}
