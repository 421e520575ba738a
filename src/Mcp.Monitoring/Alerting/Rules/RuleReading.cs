namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>How a rule stood at its last evaluation.</summary>
/// <param name="Status">How it is.</param>
/// <param name="IsFiring">Whether one of its alerts fires.</param>
/// <param name="Levels">Its levels.</param>
internal sealed record RuleReading(RuleStatus Status, bool IsFiring, IReadOnlyList<RuleLevelReading> Levels);

/// <summary>How one level stood.</summary>
/// <param name="Level">The level.</param>
/// <param name="Value">The worst value of all label sets, NaN where there is none.</param>
/// <param name="Limit">What that is compared with, NaN where nothing is known.</param>
/// <param name="FiresIn">In how long the first of its alerts fires, if its condition goes on to hold; <see langword="null"/> where none is pending.</param>
internal sealed record RuleLevelReading(RuleLevel Level, double Value, double Limit, TimeSpan? FiresIn);

/// <summary>The value of an expression for one label set.</summary>
/// <param name="Labels">The values of the labels, in the order in which the rule names them.</param>
/// <param name="Value">The value, NaN where there is none.</param>
internal sealed record QueriedValue(IReadOnlyList<string> Labels, double Value);
