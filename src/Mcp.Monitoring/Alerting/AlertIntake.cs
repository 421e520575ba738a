namespace Mcp.Monitoring.Alerting;

/// <summary>Takes each change of an alert to those whom it concerns. It belongs to the engine's thread.</summary>
internal sealed class AlertIntake(AlertParts parts) : IAlertIntake
{
    /// <summary>Gets or sets whether what a former run told is not known yet: alerts are kept and shown, and who is told of them is decided later.</summary>
    public bool IsHeld { get; set; }

    public void Pending(ActiveAlert alert)
    {
        parts.Register.Add(alert);
        Note(alert);
    }

    public void Firing(ActiveAlert alert)
    {
        TrackedAlert tracked = parts.Register.Add(alert);

        // It may be over when it is told, and then nobody can say any more what it was about. What is raised says so itself.
        if (!alert.IsRaised)
        {
            alert.Refresh(parts.FaultIsolation);
        }

        tracked.IsSilenced = parts.Silences.IsSilenced(alert, parts.Clock.UtcNow);
        if (IsHeld)
        {
            return;
        }

        Route(tracked);
        Note(alert);
        parts.Groups.Join(tracked, parts.Settings);
    }

    /// <summary>Takes up an alert that code raised, unless there are too many. Those of rules, which are bounded by their rule, always come in.</summary>
    public bool TryFire(ActiveAlert alert)
    {
        TrackedAlert? known = parts.Register.Find(alert.Labels);
        if (known is null ? parts.Register.Active.Count >= parts.Settings.Storm.MaxAlerts : !known.Alert.IsRaised)
        {
            return false;
        }

        Firing(alert);
        return true;
    }

    public void SeverityChanged(ActiveAlert alert)
    {
        if (parts.Register.Find(alert.Labels) is not { } tracked)
        {
            return;
        }

        parts.Register.Changed(tracked);
        if (IsHeld)
        {
            return;
        }

        Route(tracked);
        Note(alert);
        tracked.Group?.Look();
    }

    public void Changed(ActiveAlert alert)
    {
        if (parts.Register.Find(alert.Labels) is { } tracked)
        {
            parts.Register.Changed(tracked);
            tracked.Group?.Look();
        }
    }

    public void Resolved(ActiveAlert alert)
    {
        if (parts.Register.Find(alert.Labels) is not { } tracked || tracked.Alert != alert)
        {
            return;
        }

        parts.Register.End(tracked, parts.Changes);
        Note(alert);
        if (alert.FiredAt is not null && !IsHeld)
        {
            parts.Incidents.Ended(tracked);
            tracked.Group?.Look();
        }
    }

    /// <summary>Goes on with an alert of a former run.</summary>
    public TrackedAlert Restore(ActiveAlert alert)
    {
        TrackedAlert tracked = parts.Register.Add(alert);
        tracked.IsUnsaved = false;
        tracked.SavedValue = alert.Value;
        parts.Inhibitions.Note(alert);
        if (tracked.IsFiring)
        {
            tracked.IsSilenced = parts.Silences.IsSilenced(alert, parts.Clock.UtcNow);
            Route(tracked);
            parts.Groups.Join(tracked, parts.Settings);
            parts.Incidents.Restore(tracked);
        }

        return tracked;
    }

    private void Route(TrackedAlert tracked) => tracked.Channels =
        [.. tracked.Channels.Union(parts.Router.ChannelsOf(tracked.Alert, parts.Settings), StringComparer.Ordinal)];

    private void Note(ActiveAlert alert)
    {
        if (parts.Inhibitions.Note(alert))
        {
            parts.Groups.LookAtService(alert.Labels[AlertLabels.Service]);
        }
    }
}
