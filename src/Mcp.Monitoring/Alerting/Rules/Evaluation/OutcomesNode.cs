using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>How the calls of all combinations of a frame ended; the values are the failures in a row. One for all rules that ask for the same calls.</summary>
internal sealed class OutcomesNode(CallOutcomes calls, LabelSetIndex labelSets) : Node(labelSets)
{
    private readonly SeriesList[] _failures = [.. new[] { calls.Failures, calls.MoreFailures }.OfType<Selector>().Select(selector => new SeriesList(selector, labelSets))];
    private readonly SeriesList _successes = new(calls.Successes, labelSets);
    private readonly SeriesGroup _allSuccesses = new();
    private readonly List<OutcomeTracker> _trackers = [];
    private TimeSpan? _read;

    public CallOutcomes Calls => calls;

    public override string Metric => calls.Failures.Metric;

    /// <summary>Gets when any of the calls succeeded last: at the latest then, and exactly then where calls of some combination fail.</summary>
    public TimeSpan? LastSuccess { get; private set; }

    /// <summary>Gets how many combinations there are.</summary>
    public int Combinations => LabelSets.Count;

    /// <summary>Gets how the calls of a combination ended, up to this evaluation.</summary>
    public OutcomeTracker Of(EvaluationContext context, int index)
    {
        OutcomeTracker tracker = At(index);
        tracker.Advance(context.Series, context.Now);
        return tracker;
    }

    /// <summary>Finds out whether failures in a row were part of something larger that is over: no call of any combination succeeded meanwhile, and one has since.</summary>
    public bool IsOverElsewhere(OutcomeTracker tracker) => tracker.Current.Count > 0 && !tracker.IsPartial && LastSuccess >= tracker.Current.Last;

    /// <summary>Gets it as it was known when it was looked at last.</summary>
    public OutcomeTracker At(int index)
    {
        while (_trackers.Count <= index)
        {
            _trackers.Add(new OutcomeTracker());
        }

        return _trackers[index];
    }

    /// <summary>Goes on with what another has seen of the same calls, before a reload.</summary>
    public void Restore(OutcomesNode other)
    {
        LastSuccess = other.LastSuccess;
        _read = other._read;
        for (int i = 0; i < other._trackers.Count; i++)
        {
            if (LabelSets.IndexOf(other.LabelSets.KeyAt(i)) is >= 0 and var index)
            {
                At(index).Restore(other._trackers[i]);
            }
        }
    }

    /// <summary>Finds out whether another follows the same calls, by the same labels.</summary>
    public bool IsLike(OutcomesNode other) => calls == other.Calls && LabelSets.By.SequenceEqual(other.LabelSets.By, StringComparer.Ordinal);

    public override void Discover(EvaluationContext context)
    {
        foreach (SeriesList failures in _failures)
        {
            int known = failures.Found.Count;
            failures.Discover(context.Series);
            for (; known < failures.Found.Count; known++)
            {
                At(failures.Found[known].Index).Failures.Add(failures.Found[known].Series);
            }
        }

        int seen = _successes.Found.Count;
        _successes.Discover(context.Series);
        for (; seen < _successes.Found.Count; seen++)
        {
            (SampledSeries series, int index) = _successes.Found[seen];
            At(index).Successes.Add(series);
            _allSuccesses.Add(series);
        }
    }

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        bool hasSucceeded = false, doesFail = false;
        for (int i = 0; i < results.Length; i++)
        {
            OutcomeTracker tracker = Of(context, i);
            results[i] = tracker.IsKnown ? tracker.Current.Count : double.NaN;
            hasSucceeded |= tracker.HasSucceeded;
            doesFail |= tracker.Current.Count > 0;
        }

        TimeSpan? before = LastSuccess;
        LastSuccess = !hasSucceeded ? LastSuccess : doesFail ? Find(context) : context.Now;
        _read = context.Now;
        for (int i = 0; doesFail && i < results.Length; i++)
        {
            OutcomeTracker tracker = _trackers[i];
            Streak current = tracker.Current;
            tracker.IsPartial |= current.Count > 0 && tracker.HasFailed && (before > current.First || (LastSuccess > current.First && LastSuccess < current.Last));
        }
    }

    private TimeSpan Find(EvaluationContext context) => context.Now - LastChange.Ago(
        (Group: _allSuccesses, context.Series), static (of, window) => of.Group.HasAny(of.Series, window) ? 1 : 0, 1, context.Now - _read ?? OutcomeTracker.Memory);
}
