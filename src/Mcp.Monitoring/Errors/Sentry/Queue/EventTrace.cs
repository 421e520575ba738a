using System.Runtime.InteropServices;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>The ids of an event's trace, as hexadecimal digits; none of them where it belongs to no trace.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventTrace(string? TraceId, string? SpanId, string? ParentSpanId)
{
    /// <summary>Reads what an event says itself.</summary>
    public static EventTrace Of(SentryEvent sentryEvent) =>
        sentryEvent.Contexts.TryGetValue(global::Sentry.Protocol.Trace.Type, out object? value) && value is global::Sentry.Protocol.Trace trace && trace.TraceId != SentryId.Empty
            ? new(trace.TraceId.ToString(), trace.SpanId.ToString(), trace.ParentSpanId?.ToString())
            : default;

    public void WriteTo(SentryEvent sentryEvent)
    {
        if (TraceId is not null && SpanId is not null)
        {
            global::Sentry.Protocol.Trace trace = sentryEvent.Contexts.Trace;
            trace.TraceId = SentryId.Parse(TraceId);
            trace.SpanId = global::Sentry.SpanId.Parse(SpanId);
            trace.ParentSpanId = ParentSpanId is null ? null : global::Sentry.SpanId.Parse(ParentSpanId);
        }
    }
}
