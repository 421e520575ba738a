using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>When a rule fires with one severity.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="For">For how long the condition must hold.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Value">What is judged, to be shown.</param>
/// <param name="Limit">What it is compared with, to be shown.</param>
internal sealed record RuleLevel(AlertSeverity Severity, TimeSpan For, Expression Condition, Expression Value, Expression Limit)
{
    /// <summary>Gets what it is called among the levels of its rule, the label <c>condition</c> of its alert in Prometheus.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gets what must hold as well when it begins to fire, if anything: what is over does not begin.</summary>
    public Expression? Begins { get; init; }

    /// <summary>Gets what must no longer hold for the end, where that is another condition.</summary>
    public Expression? Holds { get; init; }

    /// <summary>Gets how long it outlives its condition, where that is longer than for the whole rule.</summary>
    public TimeSpan KeepFiringFor { get; init; }

    /// <summary>Gets how the dependency is found that is to blame, where that is not as for the whole rule.</summary>
    public Blame Blame { get; init; }

    /// <summary>Gets the calls whose failures it tells of, if it does.</summary>
    public CallOutcomes? Calls { get => Streak?.Calls ?? field; init; }

    /// <summary>Gets the failures in a row that it judges, if it does: they have no window, and need no history.</summary>
    public FailureStreak? Streak => Value as FailureStreak;

    /// <summary>Gets over which time its value is taken; zero where that is an instant, or has no bounds.</summary>
    public TimeSpan Window => Value.Lookback;

    /// <summary>Gets how the calls end whose failures it tells of, if it does.</summary>
    public CallOutcomes? Outcomes => (CallOutcomes?)Calls?.Source;

    public void Bind(BoundExpressions all, LabelSetIndex labelSets)
    {
        foreach (Expression? expression in (Expression?[])[Calls, Condition, Holds, Begins, Value, Limit])
        {
            expression?.Bind(all, labelSets);
        }
    }

    /// <summary>Calculates it for all label sets; what fails, fails here.</summary>
    public void Evaluate(EvaluationContext context)
    {
        Condition.Evaluate(context);
        (Holds ?? Condition).Evaluate(context, holds: true);
        Begins?.Evaluate(context);
        Value.Evaluate(context);
        Limit.Evaluate(context);
    }

    public EvaluationResult Fires(EvaluationContext context, int index) => Of(Condition.Evaluate(context)[index]);

    public LevelReading Read(EvaluationContext context, int index, FailureWatch? watch, bool isActive)
    {
        FailureReading? failures = watch?.Look(Outcomes!, index, context, isActive);
        return new LevelReading(
            Fires(context, index),
            Of((Holds ?? Condition).Evaluate(context, holds: true)[index]),
            Value.Evaluate(context)[index],
            Limit.Evaluate(context)[index],
            failures,
            watch?.IsBrief == true || (Begins is not null && Of(Begins.Evaluate(context)[index]) != EvaluationResult.True));
    }

    private static EvaluationResult Of(double condition) => double.IsNaN(condition) ? EvaluationResult.NoData : condition != 0 ? EvaluationResult.True : EvaluationResult.False;
}
