using Mcp.Monitoring.ErrorTracking.Delivery;
using Mcp.Monitoring.ErrorTracking.Performance;
using Mcp.Monitoring.ErrorTracking.Scopes;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>Hands events to the built-in client, with what was said for them.</summary>
internal sealed class OutboxEventSink(SentryOutbox outbox, ErrorScopes scopes, TransactionListener transactions) : IEventSink
{
    public string? Send(SentryEvent sentryEvent, OperationContext? context)
    {
        scopes.ApplyTo(sentryEvent, context);
        sentryEvent.Sampling = transactions.SamplingOf(sentryEvent.TraceId);
        return outbox.TryEnqueue(sentryEvent) ? sentryEvent.EventId : null;
    }

    public void Flush(TimeSpan limit) => outbox.Flush(limit);
}
