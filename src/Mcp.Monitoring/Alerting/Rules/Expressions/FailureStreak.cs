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

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan[] Windows = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8)];

    // By these operations are told apart.
    private static readonly string[] By = [AlertLabels.OperationType, AlertLabels.Operation];

    private readonly CallOutcomes? _byOperation = scope == StreakScope.Server ? new CallOutcomes(calls.Failures, calls.Successes, calls.MoreFailures) : null;
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    public CallOutcomes Calls => calls;

    public StreakLength Usual => usual;

    public StreakLength? Dense => dense;

    public StreakScope Scope => scope;

    protected override object Identity => (calls, usual, dense, scope);

    protected override IEnumerable<Expression> Inputs => [calls];

    public override ValueUnit Unit => ValueUnit.Count;

    public bool IsMetBy(Streak streak) => usual.IsMetBy(streak) || dense?.IsMetBy(streak) == true;

    // Prometheus cannot look for the last success: of one window after the other it asks whether calls failed in it, for long enough, and none succeeded.
    public override string ToPromQL(PromQLFormat format)
    {
        IEnumerable<string> failing = WindowsOf(format).Select(window => FailingToPromQL(format, usual, window, format.OrFiring));

        // What fires because of many is among the others a minute later, so that only those go on.
        return $"({string.Join(" or ", dense is { } many ? failing.Append(FailingToPromQL(format, many, DenseWindowOf(format, many), static begins => begins)) : failing)})";
    }

    /// <summary>Gets the windows that are asked about one after the other. The first is just longer than the failures must last.</summary>
    public IEnumerable<TimeSpan> WindowsOf(PromQLFormat format)
    {
        TimeSpan shortest = usual.Span == default ? Shortest : JustLonger(format, usual.Span);
        return Windows.Where(window => window > shortest).Prepend(shortest);
    }

    /// <summary>Gets the window that is asked about many failures: those that last longer are found by the others.</summary>
    public TimeSpan DenseWindowOf(PromQLFormat format, StreakLength many)
    {
        TimeSpan shortest = JustLonger(format, many.Span);
        return shortest > usual.Span ? shortest : usual.Span;
    }

    private static TimeSpan JustLonger(PromQLFormat format, TimeSpan span) => format.Widened(span) + format.Widened(Margin);

    // It begins with a failure, and with one that was so long before.
    private string FailingToPromQL(PromQLFormat format, StreakLength length, TimeSpan window, Func<string, string> lastingOr)
    {
        string failing = $"{calls.FailuresToPromQL(format, window)} >= {PromQL.Text(length.Failures)}";
        TimeSpan span = format.Widened(length.Span), newest = format.Newest < span ? format.Newest : span;
        string lasting = length.Span == default ? ""
            : $" and {lastingOr($"{calls.FailuresToPromQL(format, newest)} > 0 and {calls.FailuresToPromQL(format, window - span, span)} > 0")}";
        PromQLFormat ofService = format with { By = format.Service };
        return scope switch
        {
            StreakScope.Total => $"({failing}{lasting} unless on ({string.Join(", ", format.Service)}) {calls.SuccessesToPromQL(ofService, window)})",
            StreakScope.Server => $"({failing}{lasting} and {SeveralToPromQL(format, window)} unless {calls.SuccessesToPromQL(format, window)})",
            _ => $"({failing}{lasting} unless {calls.SuccessesToPromQL(format, window)})",
        };
    }

    // Several operations fail, or only one was called at all.
    private string SeveralToPromQL(PromQLFormat format, TimeSpan window)
    {
        PromQLFormat byOperation = format with { By = [.. format.Service, .. By] };
        return $"({PromQL.Aggregate("count", format.Service, $"{calls.FailuresToPromQL(byOperation, window)} > 0")} >= {Several} or {CalledToPromQL(format)} == 1)";
    }

    // How many operations were called within a day: too much to be counted for each window.
    private static string CalledToPromQL(PromQLFormat format)
    {
        var known = Selector.Of(MetricNames.Operations.Name, Root.Types, $"{AlertLabels.Operation}!=\"{OperationLabels.Unknown}\"");
        string calls = (format with { By = [.. format.Service, AlertLabels.Operation] }).Sum($"increase({known.ToPromQL(format)}[{format.Window(OutcomeTracker.Memory)}])");
        string called = PromQL.Aggregate("count", format.Service, $"{calls} > 0");
        return format.Recorded?.Add($"job_mcp_service:{format.Metric(MetricNames.Operations.Name)}:called1d", called) ?? called;
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
