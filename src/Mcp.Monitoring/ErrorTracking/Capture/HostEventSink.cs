using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>Hands events to the hub that the host has registered, such as one over Sentry's own SDK.</summary>
internal sealed class HostEventSink(Func<ISentryHub> hub) : IEventSink
{
    public string? Send(SentryEvent sentryEvent, OperationContext? context) => hub().CaptureEvent(sentryEvent);

    // Of the host's own code it is not known whether it can be waited for on this thread.
    public void Flush(TimeSpan limit) => Task.Run(() => hub().FlushAsync(limit)).Wait(limit);
}
