using Mcp.Monitoring.ErrorTracking.Delivery;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>Decides on the request's thread whether an event goes on: noise, the share that is sent, storms. What it drops it counts.</summary>
internal sealed class EventGate(NoiseFilter filter, StormGuard storms, double sampleRate, Action<DiscardReason> discard)
{
    public bool Admits(SentryEvent sentryEvent)
    {
        if (filter.Drops(sentryEvent.Exception, sentryEvent.Message))
        {
            discard(DiscardReason.EventProcessor);
            return false;
        }

        if (sampleRate < 1 && Random.Shared.NextDouble() >= sampleRate)
        {
            discard(DiscardReason.SampleRate);
            return false;
        }

        sentryEvent.Alike = storms.Admit(PlaceOf(sentryEvent), sentryEvent.Tags.TryGetValue(EventStory.ErrorType, out string? type) ? type : "", sentryEvent.Exception?.GetType());
        if (sentryEvent.Alike is null)
        {
            discard(DiscardReason.Repeated);
            return false;
        }

        return true;
    }

    private static string PlaceOf(SentryEvent sentryEvent) =>
        sentryEvent.Tags.TryGetValue(EventStory.Operation, out string? operation) ? operation
        : sentryEvent.Logger ?? sentryEvent.MessageTemplate ?? sentryEvent.Message ?? "";
}
