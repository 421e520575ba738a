namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>
/// The state machine of one level, as Prometheus has it (<c>for</c>, <c>keep_firing_for</c>), but that a condition of which nothing can be said leaves what
/// fires as it is, and that it does not begin to fire while its end would be due. Stepped with each evaluation.
/// </summary>
internal sealed class LevelState
{
    private TimeSpan _unobserved;
    private bool _isEndDue;

    public LevelPhase Phase { get; private set; }

    /// <summary>Gets since when the condition counts as held; of what fires, since when it held.</summary>
    public TimeSpan Since { get; private set; }

    /// <summary>Gets since when it no longer does, while it is kept firing.</summary>
    public TimeSpan QuietSince { get; private set; }

    /// <summary>Gets since when nothing can be said of it, while it fires.</summary>
    public TimeSpan? NoDataSince { get; private set; }

    /// <summary>Gets whether it ended with the last step, because nothing could be said for too long.</summary>
    public bool EndedWithoutData { get; private set; }

    /// <summary>Gets whether it is about to fire: its condition holds, and its end would not be due at once.</summary>
    public bool IsPending => Phase == LevelPhase.Pending && !_isEndDue;

    public bool IsFiring => Phase is LevelPhase.Firing or LevelPhase.KeepFiring;

    /// <summary>Gets in how long it fires if its condition goes on to hold; <see langword="null"/> unless it is pending.</summary>
    public TimeSpan? FiresIn(TimeSpan duration, TimeSpan now)
    {
        TimeSpan left = Since + duration - now;
        return !IsPending ? null : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Goes on from a former run.</summary>
    /// <param name="phase">Where it stood.</param>
    /// <param name="since">Since when the condition counts as held.</param>
    /// <param name="quietSince">Since when it did not, where it is kept firing.</param>
    /// <param name="unobserved">How much of the time since then nobody looked.</param>
    public void Restore(LevelPhase phase, TimeSpan since, TimeSpan quietSince, TimeSpan unobserved)
    {
        Phase = phase;
        Since = since;
        QuietSince = quietSince;
        _unobserved = unobserved;
    }

    /// <param name="now">The instant of the evaluation.</param>
    /// <param name="fires">Whether the condition holds.</param>
    /// <param name="holds">Whether it holds by the limit at which it ends: what counts once it fires.</param>
    /// <param name="duration">For how long it must hold.</param>
    /// <param name="timing">What the rule's levels have in common.</param>
    /// <param name="isWarm">Whether enough has been seen since the start; before, nothing ends.</param>
    /// <param name="clearSince">Since when what it judges is over although its window still holds it; else <see langword="null"/>.</param>
    /// <param name="mayBegin">Whether it may begin to fire; where nothing is said, once enough has been seen.</param>
    public void Step(TimeSpan now, EvaluationResult fires, EvaluationResult holds, TimeSpan duration, RuleTiming timing, bool isWarm, TimeSpan? clearSince = null, bool? mayBegin = null)
    {
        EndedWithoutData = false;
        _isEndDue = holds == EvaluationResult.False;
        if (IsFiring)
        {
            StepFiring(now, clearSince is null ? holds : EvaluationResult.False, clearSince ?? now, timing, isWarm);
            return;
        }

        EvaluationResult verdict = clearSince is not null ? EvaluationResult.False : fires == EvaluationResult.NoData && timing.NoData == NoDataMode.Fire ? EvaluationResult.True : fires;
        if (verdict != EvaluationResult.True)
        {
            // What was pending before a restart finds its window empty at first.
            Phase = Phase == LevelPhase.Pending && verdict == EvaluationResult.NoData && !isWarm ? LevelPhase.Pending : LevelPhase.Inactive;
            return;
        }

        if (Phase == LevelPhase.Inactive)
        {
            Since = now;
            Phase = LevelPhase.Pending;
        }

        if ((mayBegin ?? isWarm) && now - Since >= duration && !_isEndDue)
        {
            Phase = LevelPhase.Firing;
            NoDataSince = null;
        }
    }

    /// <summary>Takes out time in which nobody looked.</summary>
    public void Shift(TimeSpan gap)
    {
        Since += gap;
        _unobserved += gap;
        NoDataSince += gap;
    }

    private void StepFiring(TimeSpan now, EvaluationResult verdict, TimeSpan quietSince, RuleTiming timing, bool isWarm)
    {
        bool isBlind = verdict == EvaluationResult.NoData;
        verdict = isBlind ? OfNoData(timing.NoData) : verdict;
        NoDataSince = isBlind ? NoDataSince ?? now : null;
        if (verdict == EvaluationResult.True)
        {
            Phase = LevelPhase.Firing;
        }
        else if (isWarm && Phase == LevelPhase.Firing && verdict == EvaluationResult.False)
        {
            Phase = LevelPhase.KeepFiring;
            QuietSince = quietSince;
            _unobserved = default;
        }

        if (!isWarm)
        {
            return;
        }

        if (Phase == LevelPhase.KeepFiring && now - QuietSince - _unobserved >= timing.KeepFiringFor)
        {
            End(isBlind && timing.NoData == NoDataMode.Resolve);
        }
        else if (Phase == LevelPhase.Firing && verdict == EvaluationResult.NoData && now - NoDataSince >= timing.NoDataResolveAfter)
        {
            End(withoutData: true);
        }
    }

    private static EvaluationResult OfNoData(NoDataMode mode) => mode switch
    {
        NoDataMode.Fire => EvaluationResult.True,
        NoDataMode.Resolve => EvaluationResult.False,
        _ => EvaluationResult.NoData,
    };

    private void End(bool withoutData)
    {
        Phase = LevelPhase.Inactive;
        EndedWithoutData = withoutData;
        NoDataSince = null;
    }
}

/// <summary>Where a level stands.</summary>
internal enum LevelPhase
{
    Inactive,

    /// <summary>Its condition holds, but not yet for long enough.</summary>
    Pending,

    Firing,

    /// <summary>Its condition no longer holds, and it is kept firing for a while.</summary>
    KeepFiring,
}
