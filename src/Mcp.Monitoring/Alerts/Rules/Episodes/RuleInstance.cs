namespace Mcp.Monitoring.Alerts.Rules.Episodes;

/// <summary>One instance of a rule, such as that of one operation: its levels, and the alert that they make together. It fires while one of them does.</summary>
internal sealed class RuleInstance
{
    private readonly AlertRule _rule;
    private readonly LevelState[] _levels;
    private bool _isRaised;

    public RuleInstance(AlertRule rule, Func<ActiveAlert> create)
    {
        _rule = rule;
        Create = create;
        _levels = [.. rule.Levels.Select(_ => new LevelState())];
    }

    /// <summary>Gets or sets what makes the alert of an episode.</summary>
    public Func<ActiveAlert> Create { get; set; }

    /// <summary>Gets the alert, <see langword="null"/> while there is nothing to say.</summary>
    public ActiveAlert? Alert { get; private set; }

    public bool IsActive => Alert is { State: not AlertState.Resolved };

    /// <summary>Goes on with an alert of a former run, or of the rule as it was before a reload.</summary>
    public void Restore(ActiveAlert alert)
    {
        Alert = alert;
        bool isPending = alert.State == AlertState.Pending;
        int level = LevelOf(alert, isPending);
        _isRaised = !isPending && alert.Severity > _rule.Levels[level].Severity;
        _levels[level].Restore(
            isPending ? LevelPhase.Pending : alert.QuietSince is null ? LevelPhase.Firing : LevelPhase.Quiet,
            alert.PendingSince,
            alert.QuietSince ?? TimeSpan.Zero);
    }

    /// <summary>Takes the next evaluation.</summary>
    /// <param name="now">Its instant.</param>
    /// <param name="readings">What it found, by level.</param>
    /// <param name="raise">Whether what makes it more severe holds.</param>
    /// <param name="isWarm">Whether enough has been seen since the start.</param>
    public EpisodeChange Step(TimeSpan now, ReadOnlySpan<LevelReading> readings, bool raise, bool isWarm)
    {
        for (int i = 0; i < _levels.Length; i++)
        {
            _levels[i].Step(now, readings[i].Fires, readings[i].Holds, _rule.Levels[i].For, _rule.Timing, isWarm);
        }

        int firing = Worst(static level => level.IsFiring);
        int pending = Worst(static level => level.Phase == LevelPhase.Pending);
        if (firing < 0 && pending < 0 && !IsActive)
        {
            return EpisodeChange.None;
        }

        bool isNew = !IsActive;
        if (isNew)
        {
            Begin();
        }

        EpisodeChange change = Change(Alert!, now, firing, pending, isNew);
        _isRaised = Alert!.State == AlertState.Firing && (_isRaised || raise);
        if (Alert.State != AlertState.Resolved)
        {
            Update(Alert, firing >= 0 ? firing : pending, readings, ref change);
        }

        return change;
    }

    /// <summary>Takes out time in which nobody looked.</summary>
    public void Shift(TimeSpan gap)
    {
        foreach (LevelState level in _levels)
        {
            level.Shift(gap);
        }

        if (IsActive)
        {
            Alert!.PendingSince += gap;
            Alert.QuietSince += gap;
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

    private static void Resolve(ActiveAlert alert, TimeSpan now, ResolveReason reason)
    {
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = now;
        alert.ResolveReason = reason;
    }

    private void Begin()
    {
        ActiveAlert alert = Create();
        alert.State = AlertState.Pending;
        int first = -1;
        for (int i = 0; i < _levels.Length; i++)
        {
            if (_levels[i].Phase != LevelPhase.Inactive && (first < 0 || _levels[i].Since < _levels[first].Since))
            {
                first = i;
            }
        }

        alert.PendingSince = _levels[first].Since;
        alert.StartedAt = alert.PendingSince;
        Alert = alert;
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

    private void Update(ActiveAlert alert, int level, ReadOnlySpan<LevelReading> readings, ref EpisodeChange change)
    {
        AlertSeverity severity = _rule.Levels[level].Severity;
        severity = _isRaised && _rule.Raise is { } raise && raise.Severity > severity ? raise.Severity : severity;
        if (alert.State == AlertState.Firing && change == EpisodeChange.None && severity != alert.Severity)
        {
            change = EpisodeChange.Severity;
        }

        alert.Severity = severity;
        alert.QuietSince = QuietSince();
        LevelReading reading = readings[level];
        alert.Limit = double.IsNaN(reading.Limit) ? alert.Limit : reading.Limit;
        if (double.IsNaN(reading.Value))
        {
            return;
        }

        alert.Value = reading.Value;
        alert.Peak = double.IsNaN(alert.Peak) || (_rule.LowIsBad ? reading.Value < alert.Peak : reading.Value > alert.Peak) ? reading.Value : alert.Peak;
    }

    private TimeSpan? QuietSince()
    {
        TimeSpan? latest = null;
        foreach (LevelState level in _levels)
        {
            if (level.Phase is LevelPhase.Firing or LevelPhase.Pending)
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
            if (counts(_levels[i]) && (worst < 0 || _rule.Levels[i].Severity > _rule.Levels[worst].Severity))
            {
                worst = i;
            }
        }

        return worst;
    }

    // Which level fired is not kept: that of its severity, of a more severe one the base. What is pending goes on with the level that needs the longest, lest it fires too early.
    private int LevelOf(ActiveAlert alert, bool isPending)
    {
        int found = 0;
        for (int i = 1; i < _rule.Levels.Count; i++)
        {
            bool isBetter = isPending
                ? _rule.Levels[i].For > _rule.Levels[found].For
                : _rule.Levels[i].Severity <= alert.Severity && (_rule.Levels[i].Severity > _rule.Levels[found].Severity || _rule.Levels[found].Severity > alert.Severity);
            found = isBetter ? i : found;
        }

        return found;
    }
}
