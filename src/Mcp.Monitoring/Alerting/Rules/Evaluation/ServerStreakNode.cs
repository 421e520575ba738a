using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Failures in a row of all operations together: those of one are the server's only if nothing else is called.</summary>
internal sealed class ServerStreakNode(FailureStreak streak, OutcomesNode outcomes, OutcomesNode byOperation, LabelSetIndex labelSets) : Node(labelSets)
{
    public const int Several = 2;

    /// <summary>The labels by which operations are told apart.</summary>
    public static readonly string[] By = [AlertLabels.OperationType, AlertLabels.Operation];

    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        outcomes.Read(context);
        byOperation.Read(context);
        for (int i = 0; i < results.Length; i++)
        {
            OutcomeTracker tracker = outcomes.At(i);
            double count = tracker.IsKnown ? tracker.Judged(streak, tracker.Current) : double.NaN;
            results[i] = count > 0 && !IsOfServer(context, tracker) ? 0 : count;
        }
    }

    // What was found once stands until a call succeeds.
    private bool IsOfServer(EvaluationContext context, OutcomeTracker tracker)
    {
        if (!streak.IsMetBy(tracker.Current))
        {
            return IsOfServer(context, tracker.Broken);
        }

        tracker.IsOfAll = tracker.IsOfAll || IsOfServer(context, tracker.Current);
        return tracker.IsOfAll;
    }

    private bool IsOfServer(EvaluationContext context, Streak failures) => Failing(failures) >= Several || Called(context.Series) == 1;

    private int Failing(Streak failures)
    {
        int failing = 0;
        for (int i = 0; i < byOperation.Combinations; i++)
        {
            failing += byOperation.At(i).LastFailure >= failures.First ? 1 : 0;
        }

        return failing;
    }

    private int Called(ISeriesSource source)
    {
        _called.Clear();
        foreach (SampledSeries series in source.Of(MetricNames.Operations.Name))
        {
            string operation = series.Label(AlertLabels.Operation);
            if (Stories.Root.Is(series.Label(AlertLabels.OperationType)) && operation != OperationLabels.Unknown && source.Count(series, OutcomeTracker.Memory) > 0)
            {
                _called.Add(operation);
            }
        }

        return _called.Count;
    }
}
