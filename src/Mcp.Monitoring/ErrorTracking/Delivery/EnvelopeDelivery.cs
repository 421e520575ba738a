using Mcp.Monitoring.ErrorTracking.Protocol;

namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>Brings one envelope to Sentry, in as many attempts as that takes, and the report of what was dropped with it.</summary>
internal sealed class EnvelopeDelivery(EnvelopeClient client, RateLimits limits, DiscardCounts discards, Alarm hurry, DeliveryLog log, TimeProvider time, TimeSpan retryFor)
{
    /// <param name="envelope">What is sent.</param>
    /// <param name="category">What it holds; <see langword="null"/> for a report alone.</param>
    /// <param name="stop">Ends the attempts.</param>
    public async Task<DeliveryResult> SendAsync(Envelope envelope, DataCategory? category, CancellationToken stop)
    {
        long began = time.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            Answer answer = await PostAsync(envelope, stop).ConfigureAwait(false);
            if (answer.IsAccepted)
            {
                log.Arrived();
                return DeliveryResult.Arrived;
            }

            if (category is not { } known)
            {
                // A report alone: it is put back, and goes with the next envelope.
                return default;
            }

            if (answer.IsRateLimit)
            {
                return new DeliveryResult(DiscardReason.RateLimitBackoff, IsCountedBySentry: true);
            }

            if (!answer.IsTransient)
            {
                log.Refused(answer);
                return new DeliveryResult(DiscardReason.SendError);
            }

            TimeSpan delay = Longer(RetryDelay.Of(attempt, Random.Shared.NextDouble()), answer.RetryAfter);
            if (time.GetElapsedTime(began) + delay > retryFor)
            {
                log.Unreachable(answer);
                return new DeliveryResult(answer.Status == 0 ? DiscardReason.NetworkError : DiscardReason.SendError);
            }

            await hurry.WaitAsync(delay, stop).ConfigureAwait(false);
            if (limits.IsLimited(known))
            {
                return new DeliveryResult(DiscardReason.RateLimitBackoff);
            }
        }
    }

    private async Task<Answer> PostAsync(Envelope envelope, CancellationToken stop)
    {
        IReadOnlyList<Discarded> told = limits.IsEverythingLimited ? [] : discards.Take();
        bool arrived = false;
        try
        {
            Answer answer = await client.PostAsync(envelope, DiscardCounts.Report(told, time.GetUtcNow()), stop).ConfigureAwait(false);
            limits.Learn(answer);
            arrived = answer.IsAccepted;
            return answer;
        }
        finally
        {
            if (!arrived)
            {
                discards.PutBack(told);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
