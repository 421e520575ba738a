using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>The end of the pipeline: within the rate limit of a channel it writes the message, queues it, and notes in the log what is being told. It belongs to the engine's thread.</summary>
internal sealed class Notifier(AlertClock clock, DeliveryQueue queue, NotificationLog log, MessageComposer composer, Generations generations, FaultIsolation guard)
{
    private static readonly TimeSpan WorthSending = TimeSpan.FromHours(24);

    private readonly Dictionary<string, ChannelRateLimiter> _limiters = new(StringComparer.Ordinal);

    /// <summary>Tells a channel of a group, at once or in the next digest.</summary>
    public void Notify(AlertGroup group, string channel, GroupChange change, AlertSettings settings, StateChanges changes)
    {
        TimeSpan now = clock.Now;
        NotificationLogEntry entry = log.Of(group.Id, channel);
        AlertSeverity severity = Worst(change);
        if (!entry.IsTold)
        {
            entry.FirstSentAt = now;
            entry.StartedAt = now;
        }

        foreach (ActiveAlert told in change.Begun.Concat(change.Going))
        {
            entry.StartedAt = told.StartedAt < entry.StartedAt ? told.StartedAt : entry.StartedAt;
        }

        bool isOnlyCounted = entry is { IsTold: true, IsCounted: true, IsDelivered: false, Waiting: 0 };
        if (!(isOnlyCounted && change.Begun.Count == 0) && LimiterOf(channel).TryAcquire(change.Kind, severity, settings.Storm, now))
        {
            AlertNotification notification = composer.Compose(group, entry, change, settings.Message) with { ThreadReference = entry.Reference };
            Enqueue(channel, notification, Math.Max(generations.OfStep, entry.Generation + 1), changes);
            Note(entry, change, severity, now);
        }
        else
        {
            LimiterOf(channel).Count(change, now);
            entry.IsCounted = true;
            Note(entry, change, severity, now);
            if (!entry.IsTold && entry.Waiting == 0)
            {
                entry.Ended();
            }
        }

        log.Changed(entry);
    }

    /// <summary>Tells channels something that is no alert.</summary>
    public void Announce(string title, string text, AlertSeverity severity, IEnumerable<string> channels, AlertSettings settings, StateChanges changes)
    {
        long generation = generations.Next();
        string group = FormattableString.Invariant($"announcement-{generation:x}");
        foreach (string channel in channels)
        {
            Enqueue(channel, composer.Announce(group, title, text, severity, settings.Message.Texts), generation, changes);
        }
    }

    /// <summary>Tells channels the daily report.</summary>
    public void Report(ReportContent report, IEnumerable<string> channels, AlertSettings settings, StateChanges changes)
    {
        long generation = generations.Next();
        string group = FormattableString.Invariant($"report-{generation:x}");
        foreach (string channel in channels)
        {
            Enqueue(channel, composer.Report(group, report, settings.Message), generation, changes);
        }
    }

    /// <summary>Sends the digests that are due.</summary>
    /// <returns>When the next is.</returns>
    public TimeSpan? Tick(AlertSettings settings, StateChanges changes)
    {
        TimeSpan? next = null;
        guard.Each(_limiters.Values, limiter =>
        {
            TimeSpan? due = limiter.Due(settings.Storm);
            if (due <= clock.Now)
            {
                DigestContent digest = limiter.Take(settings.Storm, clock.Now);
                long generation = generations.Next();
                Enqueue(limiter.Channel, composer.Digest(FormattableString.Invariant($"digest-{generation:x}"), digest, settings.Message), generation, changes);
                due = null;
            }

            next = Min.Of(next, due);
            Save(limiter, changes);
        });
        return next;
    }

    public void Load(StateRows rows) => guard.Each(rows.Of(StoredDigest.Table), row => LimiterOf(row.Channel).Restore(row.ToContent(clock)));

    /// <summary>Has all that is counted saved anew, since the wall clock has jumped.</summary>
    public void SaveAll()
    {
        foreach (ChannelRateLimiter limiter in _limiters.Values)
        {
            limiter.IsUnsaved = true;
        }
    }

    private static void Note(NotificationLogEntry entry, GroupChange change, AlertSeverity severity, TimeSpan now)
    {
        entry.SentAt = now;
        entry.Severity = change.HasFallen ? change.Begun.Concat(change.Going).Max(alert => alert.Severity) : severity > entry.Severity ? severity : entry.Severity;
        entry.IsFallTold |= change.HasFallen;
        entry.IsStopTold = change.StoppedAt is not null || (entry.IsStopTold && !change.HasResumed);
        foreach (ActiveAlert told in change.Begun.Concat(change.Going))
        {
            entry.Firing[told.Fingerprint] = told.Value;
        }

        foreach (ActiveAlert over in change.Over)
        {
            entry.Firing.Remove(over.Fingerprint);
        }

        if (!entry.IsTold)
        {
            entry.Close();
        }
    }

    private static AlertSeverity Worst(GroupChange change)
    {
        AlertSeverity worst = AlertSeverity.Low;
        foreach (ActiveAlert alert in change.Begun.Concat(change.Going).Concat(change.Over))
        {
            worst = alert.Severity > worst ? alert.Severity : worst;
        }

        return worst;
    }

    private ChannelRateLimiter LimiterOf(string channel)
    {
        if (!_limiters.TryGetValue(channel, out ChannelRateLimiter? limiter))
        {
            _limiters[channel] = limiter = new ChannelRateLimiter(channel);
        }

        return limiter;
    }

    private void Enqueue(string channel, AlertNotification notification, long generation, StateChanges changes)
    {
        bool waitsForEver = notification is { Severity: AlertSeverity.Critical, EndedAt: null };
        var message = new QueuedNotification
        {
            Id = notification.Id,
            Channel = channel,
            Notification = notification,
            Generation = generation,
            Created = clock.UtcNow,
            ExpiresAt = waitsForEver ? null : clock.Now + WorthSending,
        };
        queue.Enqueue(message, changes);
    }

    private void Save(ChannelRateLimiter limiter, StateChanges changes)
    {
        if (!limiter.IsUnsaved)
        {
            return;
        }

        limiter.IsUnsaved = false;
        if (limiter.Digest is { } digest)
        {
            changes.Put(StoredDigest.Table, StoredDigest.Of(limiter.Channel, digest, clock));
        }
        else
        {
            changes.Delete(StoredDigest.Table, limiter.Channel);
        }
    }
}
