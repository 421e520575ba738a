using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Says of the failures that one level of an alert tells of when they began, and whether they have stopped although its window still holds them.</summary>
/// <param name="level">The level.</param>
internal sealed class FailureWatch(RuleLevel level)
{
    // So many successes in a row would be that unlikely if the calls still failed as often as before.
    private const double Unlikely = 0.000_01;

    // So few of calls that fail would succeed by chance, after failures in a row, that it is said at once.
    private const double Rare = 0.05;
    private const double RestoredCalls = 100;
    private const int CleanEvaluations = 2;

    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(5);

    private RuleLevel _level = level;
    private bool _hasBegun;
    private TimeSpan _startedAt;
    private double _failedBefore;
    private double _succeededBefore;
    private double? _restored;
    private TimeSpan? _stopped;

    /// <summary>Gets whether the failures have not lasted for long enough to be an outage.</summary>
    public bool IsBrief { get; private set; }

    /// <summary>Goes on with a level that judges alike, of the rules after a reload.</summary>
    public void GoOn(RuleLevel level) => _level = level;

    /// <summary>Goes on with an alert of a former run, whose share of failures is all that is known of what was.</summary>
    public void Restore(ActiveAlert alert)
    {
        _restored = _level.Streak is null && alert.Value is >= 0 and <= 1 ? alert.Value : 1;
        (_hasBegun, _startedAt, _stopped) = (true, alert.StartedAt, alert.StoppedAt);
    }

    /// <summary>Takes the calls up to this evaluation.</summary>
    /// <param name="outcomes">How the calls ended.</param>
    /// <param name="index">Those of which label set.</param>
    /// <param name="context">The evaluation.</param>
    /// <param name="isActive">Whether there is an alert: what comes after an end is told of another.</param>
    public FailureReading Look(CallOutcomes outcomes, int index, EvaluationContext context, bool isActive)
    {
        OutcomeTracker tracker = outcomes.Of(context, index);
        if (!_hasBegun || (!isActive && tracker.LastFailure > _stopped))
        {
            Begin(tracker, context);
        }

        if (_restored is { } share)
        {
            _failedBefore = tracker.Failed - (RestoredCalls * share);
            _succeededBefore = tracker.Succeeded - tracker.SucceededSince - (RestoredCalls * (1 - share));
            _restored = null;
        }

        IsBrief = AreBrief(tracker);
        _stopped = tracker.LastFailure is { } last && (IsOverElsewhere(outcomes, tracker, context) || HasStopped(tracker, context, last)) ? last : null;
        return new FailureReading(_startedAt, tracker.LastFailure, _stopped, _stopped is null || _level.Streak is not null ? null : tracker.ClearSince);
    }

    /// <summary>Takes note that the alert is over: what fails from now on is told of another.</summary>
    public void MarkTold(OutcomeTracker tracker) => tracker.ToldUntil = tracker.ToldUntil > _stopped ? tracker.ToldUntil : _stopped ?? tracker.ToldUntil;

    private bool IsOverElsewhere(CallOutcomes outcomes, OutcomeTracker tracker, EvaluationContext context) =>
        _level.Streak is { Scope: StreakScope.Operation or StreakScope.Total } && outcomes.IsOverElsewhere(tracker) && IsClean(tracker.Current.Last, context);

    private static bool IsClean(TimeSpan last, EvaluationContext context) => context.Now - last >= CleanEvaluations * context.Interval;

    // Where all calls fail, the failures themselves must last: a window holds for long what was over in seconds.
    private bool AreBrief(OutcomeTracker tracker)
    {
        var failures = new Streak(tracker.Failed - _failedBefore, _startedAt, tracker.LastFailure ?? _startedAt);
        return _level.Streak is null && Share(tracker) >= 1
            && !new StreakLength(0, _level.For).IsMetBy(failures) && !new StreakLength(StreakLength.Many, _level.For / 4).IsMetBy(failures);
    }

    // Of the calls up to the last failure.
    private double Share(OutcomeTracker tracker)
    {
        double failed = tracker.Failed - _failedBefore;
        return failed / (failed + tracker.Succeeded - tracker.SucceededSince - _succeededBefore);
    }

    private bool HasStopped(OutcomeTracker tracker, EvaluationContext context, TimeSpan last)
    {
        if (tracker.SucceededSince == 0)
        {
            return false;
        }

        double share = Math.Min(Share(tracker), RecentShare(tracker, context));
        double needed = share < 1 ? Math.Log(Unlikely) / Math.Log(1 - share) : 1;
        bool isOver = _level.Streak is not null && tracker.Current.Count == 0 && share >= 1
            && tracker.SucceededSince * Math.Log(tracker.Failed - _failedBefore + 1) >= -Math.Log(Rare);
        return tracker.SucceededSince >= needed && (isOver || IsClean(last, context));
    }

    // Failures in a row may be some of many that are not.
    private static double RecentShare(OutcomeTracker tracker, EvaluationContext context)
    {
        double failed = tracker.Failures.Count(context.Series, Recently);
        double succeeded = tracker.Successes.Count(context.Series, tracker.Failures.Ago(context.Series, failed, Recently)) - tracker.SucceededSince;
        return failed > 0 ? failed / (failed + Math.Max(0, succeeded)) : 1;
    }

    // With the first failure after the last success, where these are most of the failures; else with the first of the window.
    private void Begin(OutcomeTracker tracker, EvaluationContext context)
    {
        TimeSpan window = _level.Window == default ? OutcomeTracker.Memory : _level.Window;
        TimeSpan sinceStop = context.Now - tracker.ToldUntil ?? window;
        window = sinceStop < window ? sinceStop : window;
        double failures = tracker.Failures.Count(context.Series, window);
        bool isBroken = tracker.Current.Count == 0 || (_level.Streak is { } judged && !judged.IsMetBy(tracker.Current) && judged.IsMetBy(tracker.Broken));
        Streak streak = isBroken ? tracker.Broken : tracker.Current;
        _startedAt = streak.Count > 0 && (_level.Streak is not null || 2 * streak.Count >= failures)
            ? streak.First
            : context.Now - tracker.Failures.Ago(context.Series, failures, window);

        // The first failure is one of those that are counted.
        TimeSpan counted = context.Now - _startedAt + LastChange.Resolution;
        _failedBefore = tracker.Failed - tracker.Failures.Count(context.Series, counted);
        _succeededBefore = tracker.Succeeded - tracker.Successes.Count(context.Series, counted);
        _hasBegun = true;
    }
}
