using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Draws the conclusions from what became of a call. It belongs to the engine's thread.</summary>
internal sealed class DeliveryOutcomes(DeliveryLedger ledger, FallbackDelivery fallback, NotificationLog log, DeliverySettings settings, AlertClock clock, DeliveryMetrics metrics)
{
    private const int LongestError = 500;

    /// <summary>Gets or sets who is told of each message of an incident that a channel has taken.</summary>
    public IncidentTold? Told { get; set; }

    /// <param name="queue">The channel.</param>
    /// <param name="call">What was sent, or the self-check.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="hasHung">Whether it never ended, and was left to itself.</param>
    /// <param name="changes">Takes what is to be saved.</param>
    public void Apply(ChannelQueue queue, ChannelCall call, DeliveryResult result, bool hasHung, StateChanges changes)
    {
        result = result with { Error = result.Error is null ? null : Line(result.Error) };
        if (call.Test is { } test)
        {
            Tested(queue, test, result, hasHung);
        }
        else if (call.Message is not { } message)
        {
            queue.Health.Checked(clock.Now, result);
            if (queue.Messages.TrueForAll(static message => message.IsToldToSome) && queue.Missed.Count == 0)
            {
                queue.Health.NothingWaits(clock.Now);
            }
        }
        else if (IsTaken(result))
        {
            queue.Health.Succeeded(clock.UtcNow);
            if (!message.IsToldToSome)
            {
                metrics.Sent(queue.Name, clock.UtcNow);
                if (message.Notification is { Incident: { } incident } told)
                {
                    Told?.Invoke(incident, queue.Name, told.Kind);
                }
            }

            // The one about what was missed is made anew for each attempt, and would be told again to those who have it.
            if (result.Status == DeliveryStatus.Delivered || message.Group == queue.DigestGroup)
            {
                Delivered(queue, message, result, changes);
            }
            else
            {
                DeliveredToSome(queue, message, result, changes);
            }
        }
        else
        {
            // The one about what was missed is made anew for each attempt.
            bool isDigest = message.Group == queue.DigestGroup;
            queue.Health.Failed(clock.Now, isDigest ? message.Group : message.Id, result, hasHung);
            metrics.Failed(queue.Name);
            if (isDigest)
            {
                queue.IsDigestRefused |= result.Status == DeliveryStatus.Permanent;
                queue.IsDigestPossibleDuplicate |= result.Status == DeliveryStatus.Unknown;
                ledger.End(queue, message, DeliveryState.Superseded, changes, result.Error);
            }
            else
            {
                Failed(queue, message, result, changes);
            }
        }
    }

    private void Tested(ChannelQueue queue, ChannelTest test, DeliveryResult result, bool hasHung)
    {
        test.End(result);
        if (IsTaken(result))
        {
            queue.Health.Succeeded(clock.UtcNow);
            queue.Health.Reconsider(clock.Now);
            metrics.Sent(queue.Name, clock.UtcNow);
        }
        else
        {
            queue.Health.Failed(clock.Now, test.Message.Id, result, hasHung);
            metrics.Failed(queue.Name);
        }
    }

    private void Failed(ChannelQueue queue, QueuedNotification message, DeliveryResult result, StateChanges changes)
    {
        NotificationLogEntry entry = log.Of(message.Group, queue.Name);
        message.State = DeliveryState.Pending;
        if (result.Status == DeliveryStatus.Unknown)
        {
            message.UnknownAttempts++;
            ledger.MayHaveArrived(entry, message);
        }

        if (result.Status == DeliveryStatus.Permanent || message.UnknownAttempts >= settings.UnknownAttempts)
        {
            fallback.Die(queue, message, result.Error ?? "", changes);
        }
        else
        {
            TryLater(queue, entry, message, result, changes);
        }
    }

    private void Delivered(ChannelQueue queue, QueuedNotification message, DeliveryResult result, StateChanges changes)
    {
        Known(queue, message, result);
        ledger.End(queue, message, DeliveryState.Sent, changes);
        if (message.Group == queue.DigestGroup)
        {
            fallback.MissedIsTold(queue, changes);
        }
    }

    // The others of it are tried again alone, and keep nothing else waiting.
    private void DeliveredToSome(ChannelQueue queue, QueuedNotification message, DeliveryResult result, StateChanges changes)
    {
        NotificationLogEntry entry = Known(queue, message, result);
        log.Changed(entry);
        message.Progress = result.Progress;
        message.ExpiresAt ??= clock.Now + settings.LongestRest;
        TryLater(queue, entry, message, result, changes);
    }

    private NotificationLogEntry Known(ChannelQueue queue, QueuedNotification message, DeliveryResult result)
    {
        NotificationLogEntry entry = log.Of(message.Group, queue.Name);
        message.Reference = result.Reference;
        if (message.IsFiring)
        {
            entry.IsDelivered = true;
            entry.Reference ??= result.Reference;
        }

        return entry;
    }

    private void TryLater(ChannelQueue queue, NotificationLogEntry entry, QueuedNotification message, DeliveryResult result, StateChanges changes)
    {
        message.State = DeliveryState.Pending;
        message.LastError = result.Error;
        if (queue.Messages.Exists(newer => DeliveryLedger.Supersedes(entry, newer, message)))
        {
            ledger.End(queue, message, DeliveryState.Superseded, changes, result.Error);
        }
        else
        {
            message.NotBefore = clock.Now + (queue.Health.RetryAfter(result) ?? settings.Backoff.After(message.Attempts));
            ledger.Changed(message, changes);
        }
    }

    // With progress somebody has it: one bad mailbox says nothing against the channel.
    private static bool IsTaken(DeliveryResult result) => result.Status == DeliveryStatus.Delivered || result is { Status: DeliveryStatus.Retry, Progress: not null };

    private static string Line(string text) => TextCut.At(string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    }), LongestError);
}

/// <summary>Hears that a channel has taken a message of an incident.</summary>
internal delegate void IncidentTold(int incident, string channel, NotificationKind kind);
