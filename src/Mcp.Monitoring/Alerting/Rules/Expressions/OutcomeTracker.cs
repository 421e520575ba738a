using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>
/// How the calls of one label set ended, followed from one evaluation to the next by the differences of counters: failures in a row, and what succeeded
/// since. What happened between two evaluations is looked up in the samples only where both kinds of calls are among it.
/// </summary>
internal sealed class OutcomeTracker
{
    /// <summary>How long a failure is remembered of which nothing more is heard.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private TimeSpan? _seen;

    public SeriesGroup Failures { get; } = new();

    public SeriesGroup Successes { get; } = new();

    /// <summary>Gets how many calls had failed at all when it was looked at last.</summary>
    public double Failed { get; private set; }

    public double Succeeded { get; private set; }

    /// <summary>Gets whether any call is known of, of this run or the one before.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Gets the failures since the last success.</summary>
    public Streak Current { get; private set; }

    /// <summary>Gets those in a row until a success since the last look, of which some are new; else none.</summary>
    public Streak Broken { get; private set; }

    /// <summary>Gets those in a row at the last look.</summary>
    public Streak Former { get; private set; }

    /// <summary>Gets or sets whether other calls succeeded between the first and the last of the current failures.</summary>
    public bool IsPartial { get; set; }

    /// <summary>Gets or sets whether the current failures are of several label sets, or of all there are; of a tracker of all together.</summary>
    public bool IsOfAll { get; set; }

    /// <summary>Gets whether a call failed since the last look.</summary>
    public bool HasFailed { get; private set; }

    public bool HasSucceeded { get; private set; }

    public TimeSpan? LastFailure { get; private set; }

    /// <summary>Gets or sets the last failure of which an alert that is over has told.</summary>
    public TimeSpan? ToldUntil { get; set; }

    /// <summary>Gets how many calls have succeeded since the last failure.</summary>
    public double SucceededSince { get; private set; }

    /// <summary>Gets the first look at which a call had succeeded after the last failure.</summary>
    public TimeSpan? ClearSince { get; private set; }

    /// <summary>Counts the failures in a row that are an outage, of those that go on or of those that a success has just ended and nobody has judged yet; 0 where there is none.</summary>
    public double Judged(FailureStreak streak, Streak current) =>
        streak.IsMetBy(current) ? current.Count : streak.IsMetBy(Broken) && !streak.IsMetBy(Former) ? Broken.Count : 0;

    /// <summary>Takes up when a call of a former run failed last.</summary>
    public void Restore(TimeSpan? lastFailure) => LastFailure = LastFailure > lastFailure ? LastFailure : lastFailure;

    /// <summary>Takes up the failures in a row of a former run; a call that has succeeded meanwhile has ended them.</summary>
    public void Restore(Streak failures, bool isPartial)
    {
        if (Succeeded == 0)
        {
            Current = new Streak(Current.Count + failures.Count, failures.First, Current.Count > 0 ? Current.Last : failures.Last);
            IsPartial = isPartial;
            IsOfAll = true;
            IsKnown = true;
        }
    }

    /// <summary>Goes on with what another has seen of the same calls, before a reload.</summary>
    public void Restore(OutcomeTracker other)
    {
        (_seen, Failed, Succeeded, IsKnown) = (other._seen, other.Failed, other.Succeeded, other.IsKnown);
        (Current, Former, Broken, IsPartial, IsOfAll) = (other.Current, other.Former, other.Broken, other.IsPartial, other.IsOfAll);
        (LastFailure, SucceededSince, ClearSince, ToldUntil) = (other.LastFailure, other.SucceededSince, other.ClearSince, other.ToldUntil);
    }

    /// <summary>Takes the samples since the last look; at the first one, those of a day.</summary>
    public void Tick(ISeriesSource source, TimeSpan now)
    {
        if (_seen == now)
        {
            return;
        }

        bool isFirst = _seen is null;
        TimeSpan interval = now - _seen ?? Memory;
        double failed = Failures.Total(source);
        double succeeded = Successes.Total(source);
        double failures = isFirst ? Failures.Count(source, interval) : failed - Failed;
        double successes = isFirst ? Successes.Count(source, interval) : succeeded - Succeeded;
        (_seen, Failed, Succeeded, Former, Broken) = (now, failed, succeeded, Current, default);
        HasFailed = failures > 0;
        HasSucceeded = successes > 0;
        IsKnown |= HasFailed || HasSucceeded;
        if (HasFailed && HasSucceeded)
        {
            TakeBoth(source, now, interval, failures, successes);
            Broken = isFirst ? default : Broken;
        }
        else if (HasFailed)
        {
            Extend(source, now, interval, failures);
            (LastFailure, SucceededSince, ClearSince) = (Current.Last, 0, null);
        }
        else if (HasSucceeded)
        {
            Current = default;
            SucceededSince += successes;
            ClearSince ??= now;
        }

        if (Current.Count > 0 && now - Current.Last >= Memory)
        {
            Current = default;
            IsKnown = false;
        }
    }

    // Which of them came first is known from the samples between; within one sample, that a call succeeded counts.
    private void TakeBoth(ISeriesSource source, TimeSpan now, TimeSpan interval, double failures, double successes)
    {
        TimeSpan firstSuccess = Successes.Ago(source, successes, interval);
        double later = Failures.Count(source, firstSuccess);
        if (failures > later)
        {
            TimeSpan first = Current.Count > 0 ? Current.First : now - Failures.Ago(source, failures, interval);
            Broken = new Streak(Current.Count + failures - later, first, now - Failures.Ago(source, later + 1, interval));
        }

        Current = default;
        TimeSpan lastSuccess = Successes.Ago(source, 1, interval);
        double since = Failures.Count(source, lastSuccess);
        if (since > 0)
        {
            Extend(source, now, lastSuccess, since);
        }

        TimeSpan lastFailure = Failures.Ago(source, 1, interval);
        LastFailure = now - lastFailure;
        SucceededSince = Successes.Count(source, lastFailure);
        ClearSince = SucceededSince > 0 ? now : null;
    }

    private void Extend(ISeriesSource source, TimeSpan now, TimeSpan window, double failures)
    {
        bool isNew = Current.Count == 0;
        IsPartial &= !isNew;
        IsOfAll &= !isNew;
        Current = new Streak(
            Current.Count + failures,
            isNew ? now - Failures.Ago(source, failures, window) : Current.First,
            now - Failures.Ago(source, 1, window));
    }
}
