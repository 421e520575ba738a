using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>The name and the numbers of a rule: as the catalogue has them, or as the user wants them.</summary>
internal sealed record RuleNumbers
{
    public string Name { get; init; } = "";

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan KeepFiringFor { get; init; } = TimeSpan.FromMinutes(5);

    public double Threshold { get; init; }

    /// <summary>Gets the limit at which it ends, where that is another.</summary>
    public double? Resolve { get; init; }

    public double MinimumCalls { get; init; }

    public double MinimumFailures { get; init; }

    /// <summary>Gets the severity, where the user wants another.</summary>
    public AlertSeverity? Severity { get; init; }

    public bool IsEnabled { get; init; } = true;

    public NoDataMode NoData { get; init; }

    public TimeSpan NoDataResolveAfter { get; init; } = TimeSpan.FromHours(1);

    public int MaxInstances { get; init; } = AlertRule.UsualMaxInstances;

    public TimeSpan? Repeat { get; init; }

    public bool IsSilent { get; init; }

    public string? Runbook { get; init; }

    public string? Summary { get; init; }

    /// <summary>Takes what the user has set.</summary>
    public RuleNumbers With(AlertRuleOptions options) => this with
    {
        Window = options.Window ?? Window,
        For = options.For ?? For,
        KeepFiringFor = options.KeepFiringFor ?? KeepFiringFor,
        Threshold = options.Threshold ?? Threshold,
        Resolve = options.Resolve ?? Resolve,
        MinimumCalls = options.MinimumCalls ?? MinimumCalls,
        MinimumFailures = options.MinimumFailures ?? MinimumFailures,
        Severity = options.Severity ?? Severity,
        IsEnabled = options.Enabled ?? IsEnabled,
        NoData = options.NoData ?? NoData,
        NoDataResolveAfter = options.NoDataResolveAfter ?? NoDataResolveAfter,
        MaxInstances = options.MaxInstances ?? MaxInstances,
        Repeat = options.Repeat ?? Repeat,
        IsSilent = options.Silent ?? IsSilent,
        Runbook = options.Runbook ?? Runbook,
        Summary = options.Summary ?? Summary,
    };

    /// <summary>A value beyond the threshold; what fires ends at <see cref="Resolve"/>.</summary>
    public Expression Beyond(Expression value, RuleComparison comparison) => new Comparison(value, comparison, Threshold, Resolve);

    /// <summary>The only level of a rule.</summary>
    public RuleLevel Level(AlertSeverity severity, Expression condition, Expression value) => Level(severity, condition, value, Threshold);

    public RuleLevel Level(AlertSeverity severity, Expression condition, Expression value, Expression limit) => new(severity, For, condition, value, limit);

    /// <summary>A level of failures in a row that span the time for which others must hold; many of them need a quarter of it.</summary>
    public RuleLevel Streak(AlertSeverity severity, CallOutcomes calls, double failures, StreakScope scope) =>
        Streak(severity, new FailureStreak(calls, new StreakLength(failures, For), new StreakLength(Math.Max(StreakLength.Many, failures), For / 4), scope));

    public static RuleLevel Streak(AlertSeverity severity, FailureStreak streak) =>
        new(severity, TimeSpan.Zero, streak.AtLeast(streak.Usual.Failures), streak, streak.Usual.Failures);

    /// <summary>Makes a rule of its parts.</summary>
    public AlertRule Rule(IReadOnlyList<string> by, AlertAnnotations annotations, params RuleLevel[] levels) => new()
    {
        Name = Name,
        By = by,
        Levels = [.. levels.Select(level => level with { Severity = Severity ?? level.Severity })],
        Timing = new RuleTiming { KeepFiringFor = KeepFiringFor, NoData = NoData, NoDataResolveAfter = NoDataResolveAfter },
        Annotations = Summary is null ? annotations : annotations with { Summary = new SummaryTemplate(Summary).Fill },
        Runbook = Runbook,
        MaxInstances = MaxInstances,
        Repeat = Repeat,
        IsSilent = IsSilent,
        IsEnabled = IsEnabled,
    };
}
