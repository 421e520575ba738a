using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>How calls end, of which some fail, some succeed, and others say nothing. The values are the failures in a row, however far apart; absent where no call is known of.</summary>
/// <param name="failures">Those that fail.</param>
/// <param name="successes">Those that succeed.</param>
/// <param name="moreFailures">Failures of another metric.</param>
internal sealed class CallOutcomes(Selector failures, Selector successes, Selector? moreFailures = null) : Expression
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private readonly SeriesList[] _failures = [.. new[] { failures, moreFailures }.OfType<Selector>().Select(selector => new SeriesList(selector))];
    private readonly SeriesList _successes = new(successes);
    private readonly SeriesGroup _allSuccesses = new();
    private readonly List<OutcomeTracker> _trackers = [];
    private TimeSpan? _evaluated;

    public Selector Failures => failures;

    public Selector Successes => successes;

    public Selector? MoreFailures => moreFailures;

    public override string Metric => failures.Metric;

    /// <summary>Gets when any of the calls succeeded last: at the latest then, and exactly then where calls of some label set fail.</summary>
    public TimeSpan? LastSuccess { get; private set; }

    /// <summary>Gets how many label sets there are.</summary>
    public int Count => LabelSets.Count;

    protected override object Identity => (failures, successes, moreFailures);

    /// <summary>Gets how the calls of a label set ended, up to this evaluation.</summary>
    public OutcomeTracker Of(EvaluationContext context, int index)
    {
        OutcomeTracker tracker = At(index);
        tracker.Tick(context.Series, context.Now);
        return tracker;
    }

    /// <summary>Gets it as it was known when it was looked at last.</summary>
    public OutcomeTracker At(int index)
    {
        while (_trackers.Count <= index)
        {
            _trackers.Add(new OutcomeTracker());
        }

        return _trackers[index];
    }

    /// <summary>Finds out whether failures in a row were part of something larger that is over: no call of any label set succeeded meanwhile, and one has since.</summary>
    public bool IsOverElsewhere(OutcomeTracker tracker) => tracker.Current.Count > 0 && !tracker.IsPartial && LastSuccess >= tracker.Current.Last;

    /// <summary>Finds out whether another follows the same calls, by the same labels.</summary>
    public bool IsLike(CallOutcomes other) => Equals(other) && LabelSets.By.SequenceEqual(other.LabelSets.By, StringComparer.Ordinal);

    /// <summary>Goes on with what another has seen of the same calls, before a reload.</summary>
    public void Restore(CallOutcomes other)
    {
        LastSuccess = other.LastSuccess;
        _evaluated = other._evaluated;
        for (int i = 0; i < other._trackers.Count; i++)
        {
            if (LabelSets.IndexOf(other.LabelSets.KeyAt(i)) is >= 0 and var index)
            {
                At(index).Restore(other._trackers[i]);
            }
        }
    }

    public override void Discover(EvaluationContext context)
    {
        foreach (SeriesList list in _failures)
        {
            int known = list.Found.Count;
            list.Discover(context.Series, LabelSets);
            for (; known < list.Found.Count; known++)
            {
                At(list.Found[known].Index).Failures.Add(list.Found[known].Series);
            }
        }

        int seen = _successes.Found.Count;
        _successes.Discover(context.Series, LabelSets);
        for (; seen < _successes.Found.Count; seen++)
        {
            (SampledSeries series, int index) = _successes.Found[seen];
            At(index).Successes.Add(series);
            _allSuccesses.Add(series);
        }
    }

    public override string ToPromQL(PromQLFormat format) => $"({FailuresToPromQL(format, Window)} unless {SuccessesToPromQL(format, Window)})";

    /// <summary>Writes how many calls failed in a window.</summary>
    public string FailuresToPromQL(PromQLFormat format, TimeSpan window, TimeSpan ago = default)
    {
        string own = Sum(failures);
        return moreFailures is null ? own : $"({own} + {Sum(moreFailures)} or {own} or {Sum(moreFailures)})";

        string Sum(Selector selector) => format.Sum(Increase(format, selector, window, ago));
    }

    /// <summary>Writes that a call succeeded in a window.</summary>
    public string SuccessesToPromQL(PromQLFormat format, TimeSpan window) => $"{format.Sum(Increase(format, successes, window))} > 0";

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
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
        _evaluated = context.Now;
        for (int i = 0; doesFail && i < results.Length; i++)
        {
            OutcomeTracker tracker = _trackers[i];
            Streak current = tracker.Current;
            tracker.IsPartial |= current.Count > 0 && tracker.HasFailed && (before > current.First || (LastSuccess > current.First && LastSuccess < current.Last));
        }
    }

    private TimeSpan Find(EvaluationContext context) => context.Now - LastChange.Ago(
        (Group: _allSuccesses, context.Series), static (of, window) => of.Group.HasAny(of.Series, window) ? 1 : 0, 1, context.Now - _evaluated ?? OutcomeTracker.Memory);

    private static string Increase(PromQLFormat format, Selector selector, TimeSpan window, TimeSpan ago = default) =>
        $"increase({selector.ToPromQL(format, selector.IsOfTimes ? "_count" : "")}[{format.Window(window)}]{(ago == default ? "" : $" offset {format.Window(ago)}")})";
}
