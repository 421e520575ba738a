using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>A rule as data: evaluated in the process, and written down for Prometheus.</summary>
internal sealed record AlertRule
{
    public const int UsualMaxInstances = 200;

    public required string Name { get; init; }

    /// <summary>Gets the labels of which each combination is an alert of its own.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Gets when it fires, by severity; it does while one of them holds.</summary>
    public required IReadOnlyList<RuleLevel> Levels { get; init; }

    /// <summary>Gets what makes it more severe once it fires.</summary>
    public SeverityRaise? Raise { get; init; }

    public RuleTiming Timing { get; init; } = new();

    /// <summary>Gets how the dependency is found that is to blame, where one is.</summary>
    public Blame Blame { get; init; }

    public required AlertAnnotations Annotations { get; init; }

    /// <summary>Gets where it says what to do, where the user has set that.</summary>
    public string? Runbook { get; init; }

    /// <summary>Gets the section of the runbooks that are generated, where the user has said where these can be read.</summary>
    public string? BuiltInRunbook { get; init; }

    /// <summary>Gets what a metric must be for it, of a rule of the user's own.</summary>
    public MetricRequirement? Requirement { get; init; }

    public int MaxInstances { get; init; } = UsualMaxInstances;

    public TimeSpan? Repeat { get; init; }

    public bool IsSilent { get; init; }

    /// <summary>Gets whether it tells of something that happened: its end is not told.</summary>
    public bool IsEvent { get; init; }

    public bool IsEnabled { get; init; } = true;

    /// <summary>Gets whether its label sets are those of its own metric only.</summary>
    public bool HasOwnLabelSets { get; init; }

    /// <summary>Gets whether the lowest value is the worst.</summary>
    public bool LowIsBad { get; init; }

    /// <summary>Gets whether it tells of all calls together, and so of what others tell of more closely.</summary>
    public bool IsOfAllCalls { get; init; }

    /// <summary>Gets whether its alerts go on for hours after what they tell of, and so neither prolong nor rename what else is told of it.</summary>
    public bool IsToldApart { get; init; }

    /// <summary>Gets whether its alerts are told apart from all others: they are about the process, or the user's own, or what remains of an outage.</summary>
    public bool IsStandalone => Requirement is not null || IsToldApart || (!IsOfAllCalls && !By.Contains(AlertLabels.Dependency, StringComparer.Ordinal) && !By.Contains(AlertLabels.Operation, StringComparer.Ordinal));

    /// <summary>Gets whether it is of each process by itself: in Prometheus it keeps <c>instance</c> apart.</summary>
    public bool IsPerInstance { get; init; }

    /// <summary>Gets whether only Prometheus can evaluate it: that a process is gone is not seen from inside.</summary>
    public bool IsExportedOnly { get; init; }

    /// <summary>Gets whether only the process can evaluate it: what it knows is no metric.</summary>
    public bool IsInProcessOnly { get; init; }

    /// <summary>Gets whether it is evaluated here.</summary>
    public bool IsEvaluated => IsEnabled && !IsExportedOnly;

    /// <summary>Gets the timing of a level. Of failures in a row is known when nothing was heard for so long that they say nothing more.</summary>
    public RuleTiming TimingOf(RuleLevel level) => Timing with
    {
        KeepFiringFor = level.KeepFiringFor > Timing.KeepFiringFor ? level.KeepFiringFor : Timing.KeepFiringFor,
        NoDataResolveAfter = level.Streak is null ? Timing.NoDataResolveAfter : TimeSpan.Zero,
    };

    /// <summary>Finds out whether another judges in the same way, so that what one has seen counts for the other.</summary>
    public bool JudgesAs(AlertRule other) =>
        Name == other.Name && By.SequenceEqual(other.By, StringComparer.Ordinal) && Levels.SequenceEqual(other.Levels) && Raise == other.Raise && Timing == other.Timing;

    /// <summary>Finds the level that an alert of a former run goes on with.</summary>
    public int LevelOf(ActiveAlert alert)
    {
        if (alert.State != AlertState.Pending && alert.Level >= 0 && alert.Level < Levels.Count
            && (Levels[alert.Level].Severity == alert.Severity || (Raise?.Severity == alert.Severity && Levels[alert.Level].Severity < alert.Severity)))
        {
            return alert.Level;
        }

        // That of its severity, of a more severe one the base. What is pending goes on with the level that needs the longest, lest it fires too early.
        int found = 0;
        for (int i = 1; i < Levels.Count; i++)
        {
            bool isBetter = alert.State == AlertState.Pending
                ? Levels[i].For > Levels[found].For
                : Levels[i].Severity <= alert.Severity && (Levels[i].Severity > Levels[found].Severity || Levels[found].Severity > alert.Severity);
            found = isBetter ? i : found;
        }

        return found;
    }
}

/// <summary>How long an alert outlives its condition, and its data.</summary>
internal sealed record RuleTiming
{
    public TimeSpan KeepFiringFor { get; init; }

    public NoDataMode NoData { get; init; }

    public TimeSpan NoDataResolveAfter { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>What makes a firing alert more severe, for the rest of its episode.</summary>
internal sealed record SeverityRaise(AlertSeverity Severity, Expression Condition);

/// <summary>How the dependency is found that is to blame for a consequence.</summary>
internal enum Blame
{
    None,

    /// <summary>That of most of the failures.</summary>
    Errors,

    /// <summary>That in which most of the time is spent.</summary>
    Time,
}
