using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Artifacts.Examples;

/// <summary>An alert with a place in the order of causes: how severe it can be, and what it can be about.</summary>
internal sealed record RankedAlert
{
    public required string Name { get; init; }

    public required IReadOnlyList<AlertSeverity> Severities { get; init; }

    /// <summary>Gets whether each of its alerts names a dependency.</summary>
    public bool IsOfDependency { get; init; }

    /// <summary>Gets whether its alerts may name a dependency: as their own, or as the one to blame.</summary>
    public bool MayNameDependency { get; init; }

    /// <summary>Gets whether its alerts may name an operation.</summary>
    public bool MayNameOperation { get; init; }

    /// <summary>Gets whether its alerts may name neither.</summary>
    public bool MayBeOfService { get; init; }

    public AlertSeverity Worst => Severities.Max();

    /// <summary>Gets the alerts of rules that have a place in the order, and those that code raises of an integration.</summary>
    public static IReadOnlyList<RankedAlert> All(IReadOnlyList<AlertRule> rules) =>
    [
        .. CauseOrder.Names.OrderBy(CauseOrder.RankOf).Select(name => rules.FirstOrDefault(rule => rule.Name == name) is { } rule ? Of(rule) : Raised(name)),
    ];

    private static RankedAlert Of(AlertRule rule)
    {
        bool isOfDependency = rule.By.Contains(AlertLabels.Dependency, StringComparer.Ordinal), isOfOperation = rule.By.Contains(AlertLabels.Operation, StringComparer.Ordinal);
        return new RankedAlert
        {
            Name = rule.Name,
            Severities = [.. rule.Levels.Select(level => level.Severity).Concat(rule.Raise is { } raise ? [raise.Severity] : Array.Empty<AlertSeverity>()).Distinct().Order()],
            IsOfDependency = isOfDependency,
            MayNameDependency = isOfDependency || rule.Blame != Blame.None || rule.Levels.Any(level => level.Blame != Blame.None),
            MayNameOperation = isOfOperation,

            // An objective is of one operation or of all.
            MayBeOfService = !isOfDependency && (!isOfOperation || CauseOrder.IsSymptom(rule.Name)),
        };
    }

    private static RankedAlert Raised(string name) => new()
    {
        Name = name,
        Severities = [AlertSeverity.High, AlertSeverity.Critical],
        IsOfDependency = true,
        MayNameDependency = true,
    };
}
