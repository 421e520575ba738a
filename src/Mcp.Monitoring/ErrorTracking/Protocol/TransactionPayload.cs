using System.Text.Json;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>Writes transactions.</summary>
internal sealed class TransactionPayload(PayloadWriter payload, ProcessContexts contexts, EventPayload common)
{
    private readonly Utf8JsonWriter _json = payload.Json;
    private readonly TextBudget _texts = new(PayloadLimits.SpanTexts);

    public void Write(SentryTransaction item)
    {
        SentrySpanData root = item.Root;
        _json.WriteStartObject();
        _json.WriteString("type", "transaction");
        common.Head(item.EventId, End(root));
        payload.Time("start_timestamp", root.Start);
        payload.Line("transaction", item.Name, PayloadLimits.Name);
        _json.WriteStartObject("transaction_info");
        _json.WriteString("source", item.Source);
        _json.WriteEndObject();
        common.Origin(item.Environment, item.Release, item.ServerName, item.UserId, item.Request);
        payload.Tags(root.Tags);
        _json.WriteStartObject("contexts");
        _json.WriteStartObject("trace");
        Work(item.TraceId, root);
        _json.WriteEndObject();
        contexts.Write(payload, []);
        _json.WriteEndObject();
        _json.WriteStartArray("spans");
        foreach (SentrySpanData span in item.Spans.Take(PayloadLimits.Spans))
        {
            _json.WriteStartObject();
            payload.Time("start_timestamp", span.Start);
            payload.Time("timestamp", End(span));
            payload.Text("description", span.Description, PayloadLimits.SpanDescription, _texts);
            Work(item.TraceId, span);
            payload.Tags(span.Tags);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        new DataWriter(payload, new TextBudget(PayloadLimits.DataTexts)).Pairs("extra", item.Extra);
        common.Breadcrumbs(item.Breadcrumbs);
        _json.WriteEndObject();
    }

    private void Work(string traceId, SentrySpanData span)
    {
        payload.Id("trace_id", traceId, 32);
        payload.Id("span_id", span.SpanId, 16);
        payload.Id("parent_span_id", span.ParentSpanId, 16);
        payload.Text("op", span.Op, PayloadLimits.FingerprintPart, _texts);
        payload.Plain("status", span.Status?.Name());
        payload.Plain("origin", span.Origin);
        new DataWriter(payload, _texts).Pairs("data", span.Data);
    }

    // A clock that was set back while the work was done.
    private static DateTimeOffset End(SentrySpanData span) => span.End < span.Start ? span.Start : span.End;
}
