using Mcp.Monitoring.Errors.Sentry.Queue;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>Decides on the request's thread, before an event is made, whether there is to be one: noise, the share that is sent, storms. What it drops it counts.</summary>
internal sealed class EventGate(NoiseFilter filter, ErrorRateLimiter storms, double sampleRate, Action<DiscardReason> discard)
{
    /// <param name="place">The operation, or else the logger or the message.</param>
    /// <param name="errorType">The kind of error, if it is known.</param>
    /// <param name="exception">The exception, if there is one.</param>
    /// <param name="message">What is said, if there is a message.</param>
    /// <param name="isSampled">Whether our share of errors is for it.</param>
    /// <returns>What counts the errors alike, or <see langword="null"/> where there is to be no event.</returns>
    public ErrorGrouping? TryAcquire(string place, string errorType, Exception? exception, string? message, bool isSampled = true)
    {
        if (filter.Drops(exception, message))
        {
            discard(DiscardReason.EventProcessor);
            return null;
        }

        if (isSampled && sampleRate < 1 && Random.Shared.NextDouble() >= sampleRate)
        {
            discard(DiscardReason.SampleRate);
            return null;
        }

        ErrorGrouping? alike = storms.TryAcquire(place, errorType, exception?.GetType());
        if (alike is null)
        {
            discard(DiscardReason.Repeated);
        }

        return alike;
    }
}
