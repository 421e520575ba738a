using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Messages;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Storm;

namespace Mcp.Monitoring.Alerting.Grouping;

/// <summary>Tells channels, within their budgets, and writes down what they were told. It belongs to the engine's thread.</summary>
internal sealed class Notifier(AlertClock clock, IOutbox outbox, MessageComposer composer, Generations generations, FaultIsolation guard)
{
    private static readonly TimeSpan WorthSending = TimeSpan.FromHours(24);

    private readonly Dictionary<string, ChannelRateLimiter> _budgets = new(StringComparer.Ordinal);

    /// <summary>Tells a channel of a group, at once or in the next digest.</summary>
    public void Tell(AlertGroup group, ChannelView view, GroupChange news, AlertSettings settings, StateChanges changes)
    {
        TimeSpan now = clock.Now;
        AlertSeverity severity = Worst(news);
        if (!view.IsTold)
        {
            view.FirstSent = now;
            view.StartedAt = TimeSpan.MaxValue;
        }

        foreach (TrackedAlert told in news.Begun.Concat(news.Going))
        {
            view.StartedAt = told.Alert.StartedAt < view.StartedAt ? told.Alert.StartedAt : view.StartedAt;
        }

        bool isOnlyCounted = view.IsTold && view.IsCounted && !view.IsDelivered && !view.IsWaiting;
        if (!(isOnlyCounted && news.Begun.Count == 0) && BudgetOf(view.Channel).Admit(news.Kind, severity, settings.Storm, now))
        {
            Send(group, view, news, settings, changes);
        }
        else
        {
            BudgetOf(view.Channel).Count(news, now);
            view.IsCounted = true;
        }

        view.LastSent = now;
        view.Severity = news.HasFallen ? news.Begun.Concat(news.Going).Max(tracked => tracked.Alert.Severity) : severity > view.Severity ? severity : view.Severity;
        view.IsFallTold |= news.HasFallen;
        view.IsStopTold = news.StoppedAt is not null || (view.IsStopTold && !news.HasResumed);
        view.Firing.UnionWith(news.Begun.Select(tracked => tracked.Fingerprint));
        foreach (TrackedAlert told in news.Begun.Concat(news.Going))
        {
            view.Values[told.Fingerprint] = told.Alert.Value;
        }

        view.Firing.ExceptWith(news.Over.Select(tracked => tracked.Fingerprint));
        group.IsUnsaved = true;
        if (!view.IsTold)
        {
            view.Close();
        }
    }

    /// <summary>Tells channels something that is no alert.</summary>
    public void Announce(string text, AlertSeverity severity, IEnumerable<string> channels, StateChanges changes)
    {
        foreach (string channel in channels)
        {
            long generation = generations.Next();
            AlertNotification notification = composer.Announce(FormattableString.Invariant($"announcement-{generation:x}"), text, severity);
            Enqueue(channel, notification, generation, isKnown: false, changes);
        }
    }

    /// <summary>Sends the digests that are due.</summary>
    /// <returns>When the next is.</returns>
    public TimeSpan? Advance(AlertSettings settings, StateChanges changes)
    {
        TimeSpan? next = null;
        guard.Each(_budgets.Values, budget =>
        {
            TimeSpan? due = budget.Due(settings.Storm);
            if (due <= clock.Now)
            {
                SendDigest(budget, settings, changes);
                due = null;
            }

            next = Min.Of(next, due);
            Save(budget, changes);
        });
        return next;
    }

    public void Load(StateRows rows) => guard.Each(rows.Of(StoredDigest.Table), row => BudgetOf(row.Channel).Restore(row.ToContent(clock)));

    public void SaveAll()
    {
        foreach (ChannelRateLimiter budget in _budgets.Values)
        {
            budget.IsUnsaved = true;
        }
    }

    private static AlertSeverity Worst(GroupChange news)
    {
        AlertSeverity worst = AlertSeverity.Low;
        foreach (TrackedAlert tracked in news.Begun.Concat(news.Going).Concat(news.Over))
        {
            worst = tracked.Alert.Severity > worst ? tracked.Alert.Severity : worst;
        }

        return worst;
    }

    private ChannelRateLimiter BudgetOf(string channel)
    {
        if (!_budgets.TryGetValue(channel, out ChannelRateLimiter? budget))
        {
            _budgets[channel] = budget = new ChannelRateLimiter(channel);
        }

        return budget;
    }

    private void SendDigest(ChannelRateLimiter budget, AlertSettings settings, StateChanges changes)
    {
        DigestContent digest = budget.Take(settings.Storm, clock.Now);
        long generation = generations.Next();
        AlertNotification notification = composer.Digest(FormattableString.Invariant($"digest-{generation:x}"), digest, settings.TimeZone);
        Enqueue(budget.Channel, notification, generation, isKnown: digest.Over > 0, changes);
    }

    private void Send(AlertGroup group, ChannelView view, GroupChange news, AlertSettings settings, StateChanges changes)
    {
        AlertNotification notification = composer.Compose(group, view, news, settings.TimeZone) with { ThreadReference = view.Reference };
        view.Generation = generations.Next();
        Enqueue(view.Channel, notification, view.Generation, view.IsDelivered || view.IsCounted, changes);
    }

    private void Enqueue(string channel, AlertNotification notification, long generation, bool isKnown, StateChanges changes)
    {
        bool waitsForEver = notification.Severity == AlertSeverity.Critical && notification.EndedAt is null;
        var message = new OutboxMessage
        {
            Id = notification.Id,
            Channel = channel,
            Notification = notification,
            Generation = generation,
            IsKnownToChannel = isKnown,
            Created = clock.UtcNow,
            ExpiresAt = waitsForEver ? null : clock.UtcNow + WorthSending,
        };
        outbox.Enqueue(message, changes);
    }

    private void Save(ChannelRateLimiter budget, StateChanges changes)
    {
        if (!budget.IsUnsaved)
        {
            return;
        }

        budget.IsUnsaved = false;
        if (budget.Digest is { } digest)
        {
            changes.Put(StoredDigest.Table, StoredDigest.Of(budget.Channel, digest, clock));
        }
        else
        {
            changes.Delete(StoredDigest.Table, budget.Channel);
        }
    }
}
