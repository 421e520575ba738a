using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>Hands events to the hub that the host has registered, such as one over Sentry's own SDK.</summary>
internal sealed class HostEventSink(Func<ISentryHub> hub) : IEventSink
{
    public string? Send(SentryEvent sentryEvent, OperationContext? context)
    {
        if (sentryEvent.Fingerprint.Count == 0 && sentryEvent.Tags.TryGetValue(EventStory.Operation, out string? operation))
        {
            // Each operation by itself; the frames are read by the client of the host.
            sentryEvent.Fingerprint.Add(Fingerprint.Default);
            sentryEvent.Fingerprint.Add(operation);
        }

        return hub().CaptureEvent(sentryEvent);
    }

    // Of the host's own code it is not known whether it can be waited for on this thread.
    public void Flush(TimeSpan limit) => Task.Run(() => hub().FlushAsync(limit)).Wait(limit);
}
