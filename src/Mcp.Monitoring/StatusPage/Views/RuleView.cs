namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>A rule as it was evaluated last.</summary>
internal sealed record RuleView
{
    public required string Name { get; init; }

    /// <summary>Gets <c>ok</c>, <c>pending</c>, <c>firing</c>, <c>no_data</c>, <c>disabled</c> or <c>failing</c>, for which its evaluation fails.</summary>
    public required string State { get; init; }

    /// <summary>Gets the labels of which each combination is an alert of its own.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    public IReadOnlyList<RuleLevelView> Levels { get; init; } = [];

    public int Active { get; init; }

    /// <summary>Gets why it is not evaluated, where it is not.</summary>
    public string? Problem { get; init; }
}

/// <summary>One severity of a rule.</summary>
internal sealed record RuleLevelView
{
    public required string Severity { get; init; }

    /// <summary>Gets the condition as Prometheus writes it.</summary>
    public required string Condition { get; init; }

    /// <summary>Gets the worst value of all its label sets; <see langword="null"/> where there is none.</summary>
    public double? Value { get; init; }

    public double? Limit { get; init; }

    /// <summary>Gets how people write both: <c>number</c>, <c>count</c>, <c>share</c>, <c>seconds</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets for how long it must hold to fire, in seconds.</summary>
    public required double For { get; init; }

    /// <summary>Gets in how many seconds it fires if it goes on; <see langword="null"/> unless it is pending.</summary>
    public double? FiresIn { get; init; }
}
