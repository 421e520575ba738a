using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>
/// An alert of a rule, such as that of one operation, from pending over firing to resolved. It fires while one of its levels does, each of which has a
/// <see cref="LevelState"/>; the worst of them makes the severity. Stepped with each evaluation, on the engine's thread.
/// </summary>
internal sealed class AlertStateMachine
{
    private readonly LevelState[] _levels;
    private readonly RuleTiming[] _timings;
    private readonly FailureWatch?[] _watches;
    private AlertRule _rule;
    private Func<int, TimeSpan, ActiveAlert> _create;
    private bool _isRaised;
    private int _peakLevel;

    /// <param name="rule">The rule.</param>
    /// <param name="create">Makes the alert of an episode, by the level that begins it and the instant at which what it tells of began.</param>
    public AlertStateMachine(AlertRule rule, Func<int, TimeSpan, ActiveAlert> create)
    {
        _rule = rule;
        _create = create;
        _levels = [.. rule.Levels.Select(_ => new LevelState())];
        _timings = [.. rule.Levels.Select(rule.TimingOf)];
        _watches = [.. rule.Levels.Select(level => level.Calls is null ? null : new FailureWatch(level))];
    }

    /// <summary>Gets the alert, <see langword="null"/> while there is nothing to say.</summary>
    public ActiveAlert? Alert { get; private set; }

    /// <summary>Gets whether its alert is that of a former run, or of the rule as it was.</summary>
    public bool IsRestored { get; private set; }

    public bool IsActive => Alert is { State: not AlertState.Resolved };

    /// <summary>Gets whether with the last evaluation what is shown of a firing alert has begun to be over, or goes on again.</summary>
    public bool HasTurned { get; private set; }

    /// <summary>Gets in how long a level fires if its condition goes on to hold; <see langword="null"/> for one that is not pending.</summary>
    public TimeSpan? FiresIn(int level, TimeSpan now) => _levels[level].FiresIn(_rule.Levels[level].For, now);

    /// <summary>Goes on with another rule that judges alike, whose expressions are those that are evaluated from now on.</summary>
    public void GoOn(AlertRule rule, Func<int, TimeSpan, ActiveAlert> create)
    {
        (_rule, _create) = (rule, create);
        for (int i = 0; i < _watches.Length; i++)
        {
            _watches[i]?.GoOn(rule.Levels[i]);
        }
    }

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
        _peakLevel = level;
        _isRaised = !isPending && alert.Severity > _rule.Levels[level].Severity;
        _levels[level].Restore(
            isPending ? LevelPhase.Pending : alert.QuietSince is null ? LevelPhase.Firing : LevelPhase.KeepFiring,
            alert.PendingSince,
            alert.QuietSince ?? TimeSpan.Zero,
            unobserved);
        foreach (FailureWatch? watch in _watches)
        {
            watch?.Restore(alert);
        }
    }

    /// <summary>Reads what an evaluation found, by level.</summary>
    public void Read(EvaluationContext context, int index, Span<LevelReading> readings)
    {
        for (int i = 0; i < readings.Length; i++)
        {
            readings[i] = _rule.Levels[i].Read(context, index, _watches[i], IsActive);
        }
    }

    /// <summary>Takes the next evaluation.</summary>
    /// <param name="now">Its instant.</param>
    /// <param name="readings">What it found, by level.</param>
    /// <param name="raise">Whether what makes it more severe holds.</param>
    /// <param name="isWarm">Whether enough has been seen since the start.</param>
    public AlertChange Step(TimeSpan now, ReadOnlySpan<LevelReading> readings, bool raise, bool isWarm)
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
            return AlertChange.None;
        }

        bool isNew = !IsActive;
        if (isNew)
        {
            Begin(readings);
        }

        AlertChange change = Change(Alert!, now, readings, firing, pending, isNew);
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

    /// <summary>Takes note that what failed until now has been told, and is over.</summary>
    public void MarkTold(int index)
    {
        for (int i = 0; i < _watches.Length; i++)
        {
            _watches[i]?.MarkTold(_rule.Levels[i].Outcomes!.At(index));
        }
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
        ActiveAlert alert = _create(first, startedAt);
        alert.State = AlertState.Pending;
        alert.PendingSince = _levels[first].Since;
        alert.StartedAt = startedAt;
        Alert = alert;
        _peakLevel = first;
    }

    private AlertChange Change(ActiveAlert alert, TimeSpan now, ReadOnlySpan<LevelReading> readings, int firing, int pending, bool isNew)
    {
        if (alert.State == AlertState.Pending && firing >= 0)
        {
            alert.State = AlertState.Firing;
            alert.FiredAt = now;
            return AlertChange.Firing;
        }

        // What has fired goes on with a level that only begins: its condition holds all the same.
        if (firing < 0 && pending < 0)
        {
            bool isWithoutData = Array.Exists(_levels, level => level.EndedWithoutData);
            Resolve(alert, now, alert.State == AlertState.Firing && isWithoutData ? ResolveReason.NoData : ResolveReason.Recovered);
            alert.Value = alert.IsIntensity && !double.IsNaN(readings[alert.Level].Value) ? readings[alert.Level].Value : alert.Value;
            return AlertChange.Resolved;
        }

        return isNew ? AlertChange.Pending : AlertChange.None;
    }

    private void Update(ActiveAlert alert, TimeSpan now, int level, ReadOnlySpan<LevelReading> readings, bool isWarm, ref AlertChange change)
    {
        AlertSeverity severity = _rule.Levels[level].Severity;
        severity = _isRaised && _rule.Raise is { } raise && raise.Severity > severity ? raise.Severity : severity;
        if (alert.State == AlertState.Firing && change == AlertChange.None && severity != alert.Severity)
        {
            change = AlertChange.Severity;
        }

        alert.Severity = severity;
        alert.Level = level;
        alert.IsIntensity = _rule.Levels[level].Value.IsIntensity && !_rule.LowIsBad;
        LevelReading reading = readings[level];
        (bool wasQuiet, bool hadStopped) = (alert.QuietSince is not null, alert.StoppedAt is not null);
        alert.QuietSince = QuietSince();
        alert.LastFailureAt = reading.Failures?.LastFailureAt ?? alert.LastFailureAt;
        alert.StoppedAt = HaveStopped(readings) ? reading.Failures?.StoppedAt : null;
        HasTurned = alert.State == AlertState.Firing && change is not AlertChange.Firing
            && (wasQuiet != alert.QuietSince is not null || hadStopped != alert.StoppedAt is not null);
        alert.Limit = double.IsNaN(reading.Limit) ? alert.Limit : reading.Limit;
        if (double.IsNaN(reading.Value) || _levels[level].Phase == LevelPhase.KeepFiring)
        {
            // What is over has the value with which it was not.
            return;
        }

        alert.Value = reading.Value;
        if (isWarm || alert.Describe is not null)
        {
            TakePeak(alert, level, now);
        }
    }

    // The worst value is of the most severe level, for values of different levels are of different kinds. Of those that are equally bad, the latest tells the most.
    private void TakePeak(ActiveAlert alert, int level, TimeSpan now)
    {
        bool isWorse = double.IsNaN(alert.Peak) || (level == _peakLevel
            ? (_rule.LowIsBad ? alert.Value <= alert.Peak : alert.Value >= alert.Peak)
            : Of(level).CompareTo(Of(_peakLevel)) > 0);
        if (isWorse)
        {
            _peakLevel = level;
            alert.Peak = alert.Value;
            alert.PeakAt = now;
        }

        (AlertSeverity Severity, bool IsStreak) Of(int one) => (_rule.Levels[one].Severity, _rule.Levels[one].Streak is not null);
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

            latest = level.Phase == LevelPhase.KeepFiring && (latest is null || level.QuietSince > latest) ? level.QuietSince : latest;
        }

        return latest;
    }

    private int Worst(Func<LevelState, bool> counts)
    {
        int worst = -1;
        for (int i = 0; i < _levels.Length; i++)
        {
            if (counts(_levels[i]) && (worst < 0 || Of(i).CompareTo(Of(worst)) > 0))
            {
                worst = i;
            }
        }

        return worst;

        // Of two that are as severe, the one that goes on says how it is.
        (AlertSeverity Severity, bool IsGoingOn) Of(int one) => (_rule.Levels[one].Severity, _levels[one].Phase != LevelPhase.KeepFiring);
    }
}

/// <summary>What an evaluation changed about an alert.</summary>
internal enum AlertChange
{
    None,

    /// <summary>It has become pending.</summary>
    Pending,

    /// <summary>It has begun to fire.</summary>
    Firing,

    /// <summary>It fires with another severity.</summary>
    Severity,

    /// <summary>What it tells of goes on no longer, though it is kept firing; or it goes on again.</summary>
    Turned,

    /// <summary>It is over; or it was pending, and is not any more.</summary>
    Resolved,
}
