using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Draws the conclusions from what became of an attempt. Under the lock of <see cref="OutboxQueues"/>.</summary>
internal sealed class OutboxOutcomes(OutboxLedger book, FallbackDelivery standIns)
{
    private const int LongestError = 500;

    public void Apply(ChannelQueue queue, QueuedMessage message, Attempted attempt, OutboxStep step)
    {
        DeliveryResult result = Short(attempt.Result);
        if (result.Status == DeliveryStatus.Delivered)
        {
            queue.Health.Succeeded(book.Clock.UtcNow);
            book.Metrics.Sent(queue.Name, book.Clock.UtcNow);
            Delivered(queue, message, result, step);
            return;
        }


        // The one about what was missed is made anew for each attempt.
        queue.Health.Failed(book.Clock.Now, queue.IsOfMissed(message) ? message.Group : message.Row.Id, result, attempt.HasHung);
        book.Metrics.Failed(queue.Name);
        if (queue.IsOfMissed(message))
        {
            // It is made anew for the next probe, of what will have been missed by then.
            queue.Missed.IsRefused |= result.Status == DeliveryStatus.Permanent;
            queue.Missed.IsPossibleDuplicate |= result.Status == DeliveryStatus.Unknown;
            book.End(queue, message, OutboxState.Superseded, step, result.Error);
            return;
        }

        if (result.Status == DeliveryStatus.Unknown)
        {
            message.UnknownAttempts++;
            OutboxLedger.MayHaveArrived(queue, message);
        }

        if (result.Status == DeliveryStatus.Permanent || message.UnknownAttempts >= book.Settings.UnknownAttempts)
        {
            standIns.Die(queue, message, result.Error ?? "", step);
        }
        else
        {
            TryAgain(queue, message, result, step);
        }
    }

    public static DeliveryResult Short(DeliveryResult result) => result.Status switch
    {
        DeliveryStatus.Retry => DeliveryResult.Retry(LineSanitizer(result.Error), result.RetryAfter),
        DeliveryStatus.Permanent => DeliveryResult.Permanent(LineSanitizer(result.Error)),
        DeliveryStatus.Unknown => DeliveryResult.Unknown(LineSanitizer(result.Error)),
        _ => result,
    };

    private void TryAgain(ChannelQueue queue, QueuedMessage message, DeliveryResult result, OutboxStep step)
    {
        TimeSpan wait = queue.Health.RetryAfter(result) ?? book.Settings.Backoff.After(message.Row.Attempts);
        message.NotBefore = book.Clock.Now + wait;
        message.Row = message.Row with { State = OutboxState.Pending, LeaseUntil = null, NotBefore = book.Clock.UtcNow + wait, LastError = result.Error };
        if (queue.Messages.Exists(newer => queue.Supersedes(newer, message)))
        {
            book.End(queue, message, OutboxState.Superseded, step, result.Error);
        }
        else
        {
            step.Put(message);
        }
    }

    private void Delivered(ChannelQueue queue, QueuedMessage message, DeliveryResult result, OutboxStep step)
    {
        queue.Told(message, result.Reference);
        message.Row = message.Row with { Reference = result.Reference };
        DateTimeOffset now = book.Clock.UtcNow;
        book.End(queue, message, OutboxState.Sent, step, at: now);
        if (!queue.IsOfMissed(message))
        {
            return;
        }

        queue.Missed.Clear();
        foreach (QueuedMessage missed in queue.Messages.Where(missed => missed.IsWaiting && missed.Row.HandedTo is not null && WasInDigest(queue, missed)).ToArray())
        {
            // Not a moment later than the digest, or the next start takes it for missed since.
            book.End(queue, missed, OutboxState.Superseded, step, at: now);
        }
    }

    // The end of what the channel had been told itself is told by itself.
    private static bool WasInDigest(ChannelQueue queue, QueuedMessage missed) => missed.Kind != NotificationKind.Resolved || !queue.IsTold(missed);

    private static string LineSanitizer(string? text) => TextCut.At(string.Create(text?.Length ?? 0, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = char.IsControl(source![i]) ? ' ' : source[i];
        }
    }), LongestError);
}
