namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>One instance of a rule, such as that of one operation: its levels, and the alert that they make together. It fires while one of them does.</summary>
internal sealed class RuleInstance
{
    private readonly AlertRule _rule;
    private readonly LevelState[] _levels;
    private readonly EpisodeTiming[] _timings;
    private readonly WorstValue _worst;
    private bool _isRaised;

    public RuleInstance(AlertRule rule, Func<int, TimeSpan, ActiveAlert> create)
    {
        _rule = rule;
        Create = create;
        _levels = [.. rule.Levels.Select(_ => new LevelState())];
        _worst = new WorstValue(rule);
        _timings = [.. rule.Levels.Select(rule.TimingOf)];
    }

    /// <summary>Gets or sets what makes the alert of an episode, by the level that begins it and the instant at which what it tells of began.</summary>
    public Func<int, TimeSpan, ActiveAlert> Create { get; set; }

    /// <summary>Gets the alert, <see langword="null"/> while there is nothing to say.</summary>
    public ActiveAlert? Alert { get; private set; }

    /// <summary>Gets whether its alert is that of a former run, or of the rule as it was.</summary>
    public bool IsRestored { get; private set; }

    public bool IsActive => Alert is { State: not AlertState.Resolved };

    /// <summary>Gets whether with the last evaluation what is shown of a firing alert has begun to be over, or goes on again.</summary>
    public bool HasTurned { get; private set; }

    /// <summary>Goes on with an alert of a former run, or of the rule as it was before a reload; what was judged of the same meanwhile is added to it.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="unobserved">How long nobody looked since.</param>
    public void Restore(ActiveAlert alert, TimeSpan unobserved = default)
    {
        if (IsActive)
        {
            Add(Alert!, alert);
        }

        Alert = alert;
        IsRestored = true;
        bool isPending = alert.State == AlertState.Pending;
        int level = _rule.LevelOf(alert);
        alert.PendingSince += unobserved;
        alert.Level = level;
        _worst.Restore(level);
        _isRaised = !isPending && alert.Severity > _rule.Levels[level].Severity;
        _levels[level].Restore(
            isPending ? LevelPhase.Pending : alert.QuietSince is null ? LevelPhase.Firing : LevelPhase.Quiet,
            alert.PendingSince,
            alert.QuietSince ?? TimeSpan.Zero,
            unobserved);
    }

    /// <summary>Takes the next evaluation.</summary>
    /// <param name="now">Its instant.</param>
    /// <param name="readings">What it found, by level.</param>
    /// <param name="raise">Whether what makes it more severe holds.</param>
    /// <param name="isWarm">Whether enough has been seen since the start.</param>
    public EpisodeChange Step(TimeSpan now, ReadOnlySpan<LevelReading> readings, bool raise, bool isWarm)
    {
        HasTurned = false;
        for (int i = 0; i < _levels.Length; i++)
        {
            // Failures in a row are what they are, however short a time somebody looks.
            RuleLevel level = _rule.Levels[i];
            bool mayBegin = (isWarm || !level.Value.NeedsHistory) && !readings[i].IsBrief;
            _levels[i].Step(now, readings[i].Fires, readings[i].Holds, level.For, _timings[i], isWarm || level.Streak is not null, readings[i].Failures?.ClearSince, mayBegin);
        }

        int firing = Worst(static level => level.IsFiring);
        int pending = Worst(static level => level.IsPending);
        if (firing < 0 && pending < 0 && !IsActive)
        {
            return EpisodeChange.None;
        }

        bool isNew = !IsActive;
        if (isNew)
        {
            Begin(readings);
        }

        EpisodeChange change = Change(Alert!, now, firing, pending, isNew);
        _isRaised = Alert!.State == AlertState.Firing && (_isRaised || raise);
        if (Alert.State != AlertState.Resolved)
        {
            Update(Alert, now, firing >= 0 ? firing : pending, readings, isWarm, ref change);
        }

        return change;
    }

    /// <summary>Takes out time in which nobody looked, of what counts; when something began or ended is as it was.</summary>
    public void Shift(TimeSpan gap)
    {
        foreach (LevelState level in _levels)
        {
            level.Shift(gap);
        }

        if (IsActive)
        {
            Alert!.PendingSince += gap;
        }
    }

    /// <summary>Ends it whatever its condition says.</summary>
    /// <returns>Whether there was anything to end.</returns>
    public bool End(TimeSpan now, ResolveReason reason)
    {
        if (!IsActive)
        {
            return false;
        }

        Resolve(Alert!, now, reason);
        return true;
    }

    private static void Add(ActiveAlert judged, ActiveAlert alert)
    {
        if (judged.State == AlertState.Firing && alert.State == AlertState.Pending)
        {
            alert.State = AlertState.Firing;
            alert.FiredAt = judged.FiredAt;
            alert.Severity = judged.Severity;
            alert.Level = judged.Level;
            alert.Describe = judged.Describe;
        }

        alert.QuietSince = judged.QuietSince is null ? null : alert.QuietSince;
        alert.LastFailureAt = judged.LastFailureAt ?? alert.LastFailureAt;
        alert.StoppedAt = judged.StoppedAt;
    }

    private static void Resolve(ActiveAlert alert, TimeSpan now, ResolveReason reason)
    {
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = now;
        alert.ResolveReason = reason;
    }

    private void Begin(ReadOnlySpan<LevelReading> readings)
    {
        IsRestored = false;
        int first = -1;
        for (int i = 0; i < _levels.Length; i++)
        {
            if ((_levels[i].IsFiring || _levels[i].IsPending) && (first < 0 || _levels[i].Since < _levels[first].Since))
            {
                first = i;
            }
        }

        TimeSpan startedAt = readings[first].Failures?.StartedAt ?? _levels[first].Since;
        ActiveAlert alert = Create(first, startedAt);
        alert.State = AlertState.Pending;
        alert.PendingSince = _levels[first].Since;
        alert.StartedAt = startedAt;
        Alert = alert;
        _worst.Restore(first);
    }

    private EpisodeChange Change(ActiveAlert alert, TimeSpan now, int firing, int pending, bool isNew)
    {
        if (alert.State == AlertState.Pending && firing >= 0)
        {
            alert.State = AlertState.Firing;
            alert.FiredAt = now;
            return EpisodeChange.Firing;
        }

        // What has fired goes on with a level that only begins: its condition holds all the same.
        if (firing < 0 && pending < 0)
        {
            Resolve(alert, now, alert.State == AlertState.Firing && EndedWithoutData() ? ResolveReason.NoData : ResolveReason.Recovered);
            return EpisodeChange.Resolved;
        }

        return isNew ? EpisodeChange.Pending : EpisodeChange.None;
    }

    private void Update(ActiveAlert alert, TimeSpan now, int level, ReadOnlySpan<LevelReading> readings, bool isWarm, ref EpisodeChange change)
    {
        AlertSeverity severity = _rule.Levels[level].Severity;
        severity = _isRaised && _rule.Raise is { } raise && raise.Severity > severity ? raise.Severity : severity;
        if (alert.State == AlertState.Firing && change == EpisodeChange.None && severity != alert.Severity)
        {
            change = EpisodeChange.Severity;
        }

        alert.Severity = severity;
        alert.Level = level;
        alert.IsIntensity = _rule.Levels[level].Value.IsIntensity && !_rule.LowIsBad;
        LevelReading reading = readings[level];
        (bool wasQuiet, bool hadStopped) = (alert.QuietSince is not null, alert.StoppedAt is not null);
        alert.QuietSince = QuietSince();
        alert.LastFailureAt = reading.Failures?.LastFailureAt ?? alert.LastFailureAt;
        alert.StoppedAt = HaveStopped(readings) ? reading.Failures?.StoppedAt : null;
        HasTurned = alert.State == AlertState.Firing && change is not EpisodeChange.Firing
            && (wasQuiet != alert.QuietSince is not null || hadStopped != alert.StoppedAt is not null);
        alert.Limit = double.IsNaN(reading.Limit) ? alert.Limit : reading.Limit;
        if (double.IsNaN(reading.Value) || _levels[level].Phase == LevelPhase.Quiet)
        {
            // What is over has the value with which it was not.
            return;
        }

        alert.Value = reading.Value;
        if (isWarm || alert.Describe is not null)
        {
            _worst.Take(alert, level, now);
        }
    }

    // While one level sees them go on they do, whatever a quicker one says.
    private bool HaveStopped(ReadOnlySpan<LevelReading> readings)
    {
        for (int i = 0; i < _levels.Length; i++)
        {
            if ((_levels[i].Phase == LevelPhase.Firing || _levels[i].IsPending) && readings[i].Failures?.StoppedAt is null)
            {
                return false;
            }
        }

        return true;
    }

    private TimeSpan? QuietSince()
    {
        TimeSpan? latest = null;
        foreach (LevelState level in _levels)
        {
            if (level.Phase == LevelPhase.Firing || level.IsPending)
            {
                return null;
            }

            latest = level.Phase == LevelPhase.Quiet && (latest is null || level.QuietSince > latest) ? level.QuietSince : latest;
        }

        return latest;
    }

    private bool EndedWithoutData() => Array.Exists(_levels, level => level.EndedWithoutData);

    private int Worst(Func<LevelState, bool> counts)
    {
        int worst = -1;
        for (int i = 0; i < _levels.Length; i++)
        {
            if (counts(_levels[i]) && (worst < 0 || Rank(i).CompareTo(Rank(worst)) > 0))
            {
                worst = i;
            }
        }

        return worst;
    }

    // Of two that are as severe, the one that goes on says how it is.
    private (AlertSeverity Severity, bool IsGoingOn) Rank(int level) => (_rule.Levels[level].Severity, _levels[level].Phase != LevelPhase.Quiet);
}
