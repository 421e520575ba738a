using System.Diagnostics;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>
/// The caller's trace context in <c>_meta</c> of a request: <c>traceparent</c>, <c>tracestate</c> and <c>baggage</c>, unprefixed (MCP 2026-07-28), in the forms
/// of W3C Trace Context and W3C Baggage. What has another form is as if it were not there.
/// </summary>
internal readonly struct RemoteParent(JsonObject meta)
{
    private const int LongestState = 512;
    private const int LongestBaggage = 8192;
    private const int MostEntries = 64;
    private static readonly DistributedContextPropagator W3C = DistributedContextPropagator.CreateW3CPropagator();

    public bool TryRead(out ActivityContext parent)
    {
        if (Text(meta, "traceparent", LongestState) is not { } traceparent)
        {
            parent = default;
            return false;
        }

        return ActivityContext.TryParse(traceparent, StateOf(meta), isRemote: true, out parent);
    }

    /// <summary>Gives the caller's baggage to a span, and to OpenTelemetry's own notion of it, from where it goes on to what the handler calls.</summary>
    public void ReadBaggage(Activity span)
    {
        if (Text(meta, "baggage", LongestBaggage) is not { } baggage
            || W3C.ExtractBaggage(baggage, static (object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
            {
                value = name == "baggage" ? (string?)carrier : null;
                values = null;
            }) is not { } entries)
        {
            return;
        }

        Baggage current = Baggage.Current;
        foreach ((string key, string? value) in entries.Take(MostEntries))
        {
            span.AddBaggage(key, value);
            current = current.SetBaggage(key, value);
        }

        Baggage.Current = current;
    }

    private static string? StateOf(JsonObject meta) =>
        Text(meta, "tracestate", LongestState) is { } state && !state.AsSpan().ContainsAnyExceptInRange(' ', '~') ? state : null;

    private static string? Text(JsonObject meta, string name, int longest) =>
        RequestMeta.Text(meta, name) is { } text && text.Length <= longest ? text : null;
}
