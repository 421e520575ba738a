using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>Sends through the hub of a host that has started Sentry's SDK by itself: its project, its settings, its own hooks.</summary>
internal sealed class HostClient(IHub hub, EventFinisher finisher, DiscardCounts discards) : IErrorSink
{
    [ThreadStatic]
    private static bool _isSending;

    /// <summary>Gets whether the calling thread sends what was captured here.</summary>
    public static bool IsSending => _isSending;

    public bool IsIdle => true;

    /// <summary>Takes down what the host's hub knows on the calling thread: the event is sent from another one.</summary>
    public static Scope? ScopeOf(IHub hub)
    {
        Scope known = EventMerging.NewScope();
        hub.ConfigureScope(static (scope, known) => scope.Apply((IEventLike)known), known);
        return known;
    }

    public void Send(CapturedEvent captured)
    {
        _isSending = true;
        try
        {
            // In a scope of its own, or the hub would leave a breadcrumb of it for the next event.
            using (hub.PushScope())
            {
                SentryId id = hub.CaptureEvent(captured.Event, hint: null, scope =>
                {
                    captured.HostScope?.Apply((IEventLike)scope);
                    scope.AddEventProcessor(sentryEvent => finisher.Finish(captured, sentryEvent)!);
                });
                if (id == SentryId.Empty)
                {
                    discards.Add(captured.Dropped ?? DiscardReason.EventProcessor, Load.Of(captured));
                }
            }
        }
        finally
        {
            _isSending = false;
        }
    }

    public void Send(FinishedTransaction transaction) => discards.Add(DiscardReason.EventProcessor, Load.Of(transaction));

    public void Send(IReadOnlyList<LogItem> logs) => discards.Add(DiscardReason.EventProcessor, Load.Of(logs));

    public void Hurry()
    {
    }

    public void Flush(TimeSpan limit) => hub.FlushAsync(limit).Wait(limit);

    public void Dispose()
    {
    }
}
