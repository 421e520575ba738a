using System.Runtime.InteropServices;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>
/// How many calls have failed in a row, however far apart; 0 while these are too few or too close together to be an outage: who tries again at once proves nothing.
/// Absent where no call is known of, and once nothing was heard for a day.
/// </summary>
/// <param name="calls">Which calls.</param>
/// <param name="usual">What makes an outage.</param>
/// <param name="dense">What makes one in a shorter time, where that is enough.</param>
/// <param name="scope">What other calls have to do with it.</param>
internal sealed class FailureStreak(CallOutcomes calls, StreakLength usual, StreakLength? dense, StreakScope scope) : Expression
{
    private const int Several = 2;

    // By these operations are told apart.
    private static readonly string[] By = [AlertLabels.OperationType, AlertLabels.Operation];

    private readonly CallOutcomes? _byOperation = scope == StreakScope.Server ? new CallOutcomes(calls.Failures, calls.Successes, calls.MoreFailures) : null;
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    public CallOutcomes Calls => calls;

    public StreakLength Usual => usual;

    public StreakScope Scope => scope;

    protected override object Identity => (calls, usual, dense, scope);

    protected override IEnumerable<Expression> Inputs => [calls];

    public bool IsMetBy(Streak streak) => usual.IsMetBy(streak) || dense?.IsMetBy(streak) == true;

    // Failures within the window and no success. They span long enough where no shorter time holds all of them.
    public override string ToPromQL(IReadOnlyList<string> by)
    {
        string failing = calls.ToPromQL(by);
        string own = usual.Span == default ? failing
            : $"({failing} and {calls.FailuresToPromQL(by, CallOutcomes.Window)} - max_over_time({calls.FailuresToPromQL(by, usual.Span)}[{PromQL.Text(CallOutcomes.Window)}:1m]) > 0)";
        return scope switch
        {
            StreakScope.Total => $"({own} unless on () {calls.SuccessesToPromQL([])})",
            StreakScope.Server => $"({own} and (count({calls.FailuresToPromQL(By, CallOutcomes.Window)} > 0) >= {Several} or {CalledToPromQL()} == 1))",
            _ => own,
        };
    }

    // How many operations were called at all.
    private static string CalledToPromQL()
    {
        var known = Selector.Of(MetricNames.Operations.Name, Root.Types, $"{AlertLabels.Operation}!=\"{OperationLabels.Unknown}\"");
        return $"count({PromQL.Aggregate("sum", [AlertLabels.Operation], $"increase({known.ToPromQL()}[{PromQL.Text(OutcomeTracker.Memory)}])")} > 0)";
    }

    protected override void BindOthers(BoundExpressions all) => _byOperation?.Bind(all, all.LabelSets(By));

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        calls.Evaluate(context);
        _byOperation?.Evaluate(context);
        var outcomes = (CallOutcomes)calls.Source;
        for (int i = 0; i < results.Length; i++)
        {
            OutcomeTracker tracker = outcomes.At(i);
            results[i] = tracker.IsKnown ? Of(context, outcomes, tracker) : double.NaN;
        }
    }

    private double Of(EvaluationContext context, CallOutcomes outcomes, OutcomeTracker tracker)
    {
        Streak current = tracker.Current;
        return scope switch
        {
            StreakScope.Operation when outcomes.IsOverElsewhere(tracker) => tracker.Judged(this, default),
            StreakScope.Total => IsMetBy(current) && !(outcomes.LastSuccess > current.First) ? current.Count : 0,
            StreakScope.Server => OfServer(context, tracker),
            _ => tracker.Judged(this, current),
        };
    }

    private double OfServer(EvaluationContext context, OutcomeTracker tracker)
    {
        double count = tracker.Judged(this, tracker.Current);
        return count > 0 && !IsOfServer(context, tracker) ? 0 : count;
    }

    // What was found once stands until a call succeeds. Failures of one operation are the server's only if nothing else is called.
    private bool IsOfServer(EvaluationContext context, OutcomeTracker tracker)
    {
        if (!IsMetBy(tracker.Current))
        {
            return IsOfServer(context, tracker.Broken);
        }

        tracker.IsOfAll = tracker.IsOfAll || IsOfServer(context, tracker.Current);
        return tracker.IsOfAll;
    }

    private bool IsOfServer(EvaluationContext context, Streak failures) => Failing(failures) >= Several || Called(context.Series) == 1;

    private int Failing(Streak failures)
    {
        var operations = (CallOutcomes)_byOperation!.Source;
        int failing = 0;
        for (int i = 0; i < operations.Count; i++)
        {
            failing += operations.At(i).LastFailure >= failures.First ? 1 : 0;
        }

        return failing;
    }

    private int Called(ISeriesSource source)
    {
        _called.Clear();
        foreach (SampledSeries series in source.Of(MetricNames.Operations.Name))
        {
            string operation = series.Label(AlertLabels.Operation);
            if (Root.Is(series.Label(AlertLabels.OperationType)) && operation != OperationLabels.Unknown && source.Count(series, OutcomeTracker.Memory) > 0)
            {
                _called.Add(operation);
            }
        }

        return _called.Count;
    }
}

/// <summary>How many failures in a row, and how far the last must be from the first.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreakLength(double Failures, TimeSpan Span)
{
    /// <summary>So many failures need a quarter of the time only.</summary>
    public const double Many = 10;

    public bool IsMetBy(Streak streak) => streak.Count > 0 && streak.Count >= Failures && streak.Span >= Span;
}

/// <summary>What other calls have to do with failures in a row.</summary>
internal enum StreakScope
{
    /// <summary>Nothing.</summary>
    Own,

    /// <summary>Where nothing else succeeded meanwhile, it is part of a larger outage, and over with it.</summary>
    Operation,

    /// <summary>Nothing else has succeeded since the first of them.</summary>
    Total,

    /// <summary>They are those of all operations together, of several; or there is only one.</summary>
    Server,
}
