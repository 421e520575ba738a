using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>Makes alerts of what code raises, and ends them when it is no longer raised. It belongs to the engine's thread.</summary>
internal sealed class ManualAlerts(AlertClock clock, ManualAlertQueue inbox, AlertIdentity identity, DropCounts drops, FaultIsolation? guard = null, Func<AlertTexts>? texts = null)
{
    private const int MostPerStep = 20_000;
    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(15);

    private readonly Dictionary<AlertLabels, ManualAlert> _active = [];

    private readonly FaultIsolation _guard = guard ?? new FaultIsolation();

    private readonly Func<AlertTexts> _texts = texts ?? (static () => AlertTexts.English);

    private TimeSpan? _nextExpiry;

    /// <summary>Takes up what was raised, and ends what was not raised for long enough.</summary>
    /// <returns>When the next one ends.</returns>
    public TimeSpan? Tick(AlertIntake intake)
    {
        long dropped = 0;
        for (int taken = 0; taken < MostPerStep && inbox.TryTake(out ManualAlert? raised); taken++)
        {
            dropped += TryTakeUp(raised, intake);
        }

        if (dropped > 0)
        {
            Truncated(dropped, intake);
        }

        if (_nextExpiry <= clock.Now)
        {
            Expire(intake);
        }

        return _nextExpiry;
    }

    /// <summary>Ends an alert because somebody said so.</summary>
    public bool Resolve(AlertLabels labels, AlertIntake intake) =>
        _active.TryGetValue(labels, out ManualAlert? raised) && TryEnd(raised, ResolveReason.Manual, TimeSpan.MaxValue, intake);

    /// <summary>Ends the alerts about a dependency that has answered.</summary>
    /// <param name="dependency">Its name.</param>
    /// <param name="since">After which instant it has: an alert that was raised later goes on.</param>
    /// <param name="intake">Who is told.</param>
    public void DependencySucceeded(string dependency, TimeSpan since, AlertIntake intake)
    {
        foreach (ManualAlert raised in _active.Values.Where(raised => raised.Labels[AlertLabels.Dependency] == dependency).ToArray())
        {
            TryEnd(raised, ResolveReason.Recovered, since, intake);
        }
    }

    /// <summary>Goes on with an alert of a former run.</summary>
    public void Restore(ActiveAlert alert)
    {
        var former = ManualAlert.Restored(alert);
        ManualAlert raised = inbox.Restore(former);
        if (raised != former)
        {
            ManualAlertState noted = raised.Peek();
            raised.Alert = alert;
            Update(alert, noted);
            alert.Severity = noted.Severity > alert.Severity ? noted.Severity : alert.Severity;
            alert.Describe = Describing(raised);
        }

        _active[alert.Labels] = raised;
        _nextExpiry = Min.Of(_nextExpiry, raised.Peek().At + Expiry);
    }

    // On its own: a closure beside the take-up would be made anew with each raise.
    private Func<AlertDescription> Describing(ManualAlert raised) => () => ManualAlertDescription.Of(raised.Rule, raised.Labels, raised.Peek(), _texts());

    private static void Update(ActiveAlert alert, in ManualAlertState noted)
    {
        alert.QuietSince = noted.At;
        alert.Value = noted.Last.Value;
        alert.Limit = noted.Last.Limit;
        alert.Peak = noted.Peak;
    }

    private long TryTakeUp(ManualAlert raised, AlertIntake intake)
    {
        try
        {
            return TakeUp(raised, intake);
        }
        catch (Exception exception)
        {
            _guard.Report(exception);
            return 0;
        }
    }

    private long TakeUp(ManualAlert raised, AlertIntake intake)
    {
        ManualAlertState noted = raised.Look();
        if (raised.Alert is { } known)
        {
            Update(known, noted);
            known.Describe ??= Describing(raised);
            if (noted.Severity > known.Severity)
            {
                known.Severity = noted.Severity;
                intake.SeverityChanged(known);
            }

            return 0;
        }

        // Known before others hear of it: where one of them fails, it still ends in its time.
        ActiveAlert alert = NewAlert(raised, noted);
        raised.Alert = alert;
        _active[alert.Labels] = raised;
        _nextExpiry = Min.Of(_nextExpiry, noted.At + Expiry);
        if (!intake.TryFire(alert))
        {
            _active.Remove(alert.Labels);
            inbox.Remove(raised);
            long count = raised.Close(TimeSpan.MaxValue) ?? 0;
            drops.Add(DropCounts.TooMany, count);
            return count;
        }

        return 0;
    }

    private ActiveAlert NewAlert(ManualAlert raised, in ManualAlertState noted)
    {
        var alert = new ActiveAlert(raised.Rule, raised.Labels)
        {
            IsRaised = true,
            Severity = noted.Severity,
            State = AlertState.Firing,
            StartedAt = noted.At,
            PendingSince = noted.At,
            FiredAt = clock.Now,
            Describe = Describing(raised),
        };
        alert.Refresh(_guard);
        Update(alert, noted);
        return alert;
    }

    private void Truncated(long dropped, AlertIntake intake)
    {
        AlertLabels labels = new([new(AlertLabels.AlertName, ManualAlertNames.Truncated), new(AlertLabels.Service, identity.Service)]);
        if (!_active.TryGetValue(labels, out ManualAlert? raised))
        {
            raised = new ManualAlert(ManualAlertNames.Truncated, labels);
        }

        raised.Note(new ManualAlertRaise(AlertSeverity.Medium), clock.Now, dropped);
        if (raised.Alert is null)
        {
            raised.Alert = NewAlert(raised, raised.Look());
            _active[labels] = raised;
            _nextExpiry = Min.Of(_nextExpiry, clock.Now + Expiry);
            intake.Firing(raised.Alert);
        }
    }

    private void Expire(AlertIntake intake)
    {
        TimeSpan now = clock.Now;
        _nextExpiry = null;
        foreach (ManualAlert raised in _active.Values.ToArray())
        {
            TimeSpan end = raised.Peek().At + Expiry;
            bool isOver = false;
            _guard.Try(() => isOver = end <= now && TryEnd(raised, ResolveReason.Expired, now - Expiry, intake));
            if (!isOver && _active.ContainsKey(raised.Labels))
            {
                _nextExpiry = Min.Of(_nextExpiry, end > now ? end : now + Expiry);
            }
        }
    }

    private bool TryEnd(ManualAlert raised, ResolveReason reason, TimeSpan unlessAfter, AlertIntake intake)
    {
        if (raised.Alert is not { } alert || raised.Close(unlessAfter) is null)
        {
            return false;
        }

        Update(alert, raised.Peek());
        alert.Refresh(_guard);
        inbox.Remove(raised);
        _active.Remove(raised.Labels);
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = clock.Now;
        alert.ResolveReason = reason;
        intake.Resolved(alert);
        return true;
    }
}
