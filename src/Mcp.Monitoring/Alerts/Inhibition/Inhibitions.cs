namespace Mcp.Monitoring.Alerts.Inhibition;

/// <summary>Knows the causes that go on, are about to, or have just ended, and which alerts they explain. It belongs to the engine's thread.</summary>
internal sealed class Inhibitions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestAftermath = TimeSpan.FromHours(25);

    private readonly Dictionary<AlertLabels, ActiveAlert> _causes = [];

    /// <summary>Takes note of an alert that has come, changed or ended.</summary>
    /// <returns>Whether others may be its consequences.</returns>
    public bool Note(ActiveAlert alert)
    {
        if (!CauseOrder.IsCause(alert.Rule))
        {
            return false;
        }

        if (alert.State == AlertState.Resolved && alert.FiredAt is null)
        {
            return _causes.Remove(alert.Labels);
        }

        _causes[alert.Labels] = alert;
        return true;
    }

    /// <summary>Judges whether an alert is the consequence of another.</summary>
    /// <param name="alert">The alert, firing.</param>
    /// <param name="now">The present.</param>
    /// <param name="until">When to ask again if nothing happens before; <see langword="null"/> where it goes on for as long as the cause.</param>
    public bool IsConsequence(ActiveAlert alert, TimeSpan now, out TimeSpan? until)
    {
        TimeSpan last = TimeSpan.MinValue;
        foreach (ActiveAlert cause in _causes.Values)
        {
            if (!CauseOrder.Explains(cause, alert))
            {
                continue;
            }

            if (cause.State == AlertState.Firing)
            {
                until = null;
                return true;
            }

            TimeSpan end = cause.State == AlertState.Pending ? (alert.FiredAt ?? now) + Patience
                : alert.PendingSince <= cause.ResolvedAt ? cause.ResolvedAt.Value + CauseOrder.Aftermath(alert.Rule)
                : TimeSpan.MinValue;
            last = end > last ? end : last;
        }

        until = last > now ? last : null;
        return until is not null;
    }

    /// <summary>Forgets causes that ended long ago.</summary>
    public void Forget(TimeSpan now)
    {
        foreach ((AlertLabels labels, ActiveAlert cause) in _causes)
        {
            if (cause.ResolvedAt + LongestAftermath < now)
            {
                _causes.Remove(labels);
            }
        }
    }
}
