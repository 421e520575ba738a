using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <inheritdoc cref="FailureStreak"/>
internal sealed class FailureStreakNode(FailureStreak streak, OutcomesNode outcomes, LabelSetIndex labelSets) : Node(labelSets)
{
    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        outcomes.Read(context);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Of(outcomes.At(i));
        }
    }

    private double Of(OutcomeTracker tracker)
    {
        Streak current = tracker.Current;
        if (!tracker.IsKnown)
        {
            return double.NaN;
        }

        return streak.Scope switch
        {
            StreakScope.Operation when outcomes.IsOverElsewhere(tracker) => tracker.Judged(streak, default),
            StreakScope.Total => streak.IsMetBy(current) && !(outcomes.LastSuccess > current.First) ? current.Count : 0,
            _ => tracker.Judged(streak, current),
        };
    }
}
