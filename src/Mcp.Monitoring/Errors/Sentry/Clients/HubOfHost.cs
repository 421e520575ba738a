using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>Hands events to the <see cref="ISentryHub"/> that the host has registered.</summary>
internal sealed class HubOfHost(Func<ISentryHub> hub, EventFinisher finisher, DiscardCounts discards) : IErrorSink
{
    public bool IsIdle => true;

    public void Send(CapturedEvent captured)
    {
        SentryEvent? ready = finisher.Finish(captured, captured.Event);
        if (ready is null || hub().CaptureEvent(ready) == SentryId.Empty)
        {
            discards.Add(captured.Dropped ?? DiscardReason.EventProcessor, Load.Of(captured));
        }
    }

    public void Send(FinishedTransaction transaction) => discards.Add(DiscardReason.EventProcessor, Load.Of(transaction));

    public void Send(IReadOnlyList<LogItem> logs) => discards.Add(DiscardReason.EventProcessor, Load.Of(logs));

    public void Hurry()
    {
    }

    public void Flush(TimeSpan limit) => hub().FlushAsync(limit).Wait(limit);

    public void Dispose()
    {
    }
}
