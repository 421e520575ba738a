using System.Text.Json;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>Writes what events and transactions have in common, and events.</summary>
internal sealed class EventPayload(PayloadWriter payload, ProcessContexts contexts, InAppRules inApp)
{
    private readonly Utf8JsonWriter _json = payload.Json;

    public void Write(SentryEvent item)
    {
        _json.WriteStartObject();
        Head(item.EventId, item.Timestamp);
        _json.WriteString("level", item.Level.Name());
        payload.Text("logger", item.Logger, PayloadLimits.Logger);
        payload.Line("transaction", item.Transaction, PayloadLimits.Name);
        Origin(item.Environment, item.Release, item.ServerName, item.UserId, item.Request);
        WriteMessage(item);
        if (item.Exception is { } exception)
        {
            new ExceptionPayload(payload, inApp).Write(item, exception);
        }

        payload.Tags(item.Tags);
        WriteFingerprint(item.Fingerprint);
        _json.WriteStartObject("contexts");
        WriteTrace(item);
        contexts.Write(payload, item.Contexts);
        _json.WriteEndObject();
        new DataWriter(payload, new TextBudget(PayloadLimits.DataTexts)).Pairs("extra", item.Extra);
        Breadcrumbs(item.Breadcrumbs);
        _json.WriteEndObject();
    }

    public void Head(string id, DateTimeOffset time)
    {
        _json.WriteString("event_id", id);
        payload.Time("timestamp", time);
        _json.WriteString("platform", SentryIdentity.Platform);
        _json.WriteStartObject("sdk");
        _json.WriteString("name", SentryIdentity.SdkName);
        _json.WriteString("version", SentryIdentity.SdkVersion);
        _json.WriteStartArray("packages");
        _json.WriteStartObject();
        _json.WriteString("name", SentryIdentity.Package);
        _json.WriteString("version", SentryIdentity.SdkVersion);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    public void Origin(string? environment, string? release, string? serverName, string? userId, SentryRequest? request)
    {
        payload.Line("environment", environment, PayloadLimits.Environment);
        payload.Line("release", release, PayloadLimits.Name);
        payload.Line("server_name", serverName, PayloadLimits.Name);
        if (!string.IsNullOrEmpty(userId))
        {
            _json.WriteStartObject("user");
            payload.Line("id", userId, PayloadLimits.UserId);
            _json.WriteEndObject();
        }

        if (request is not null)
        {
            _json.WriteStartObject("request");
            payload.Line("method", request.Method, PayloadLimits.TagKey);
            payload.Line("url", request.Url, PayloadLimits.Address);
            payload.Pairs("headers", request.Headers);
            _json.WriteEndObject();
        }
    }

    public void Breadcrumbs(IEnumerable<SentryBreadcrumb> breadcrumbs)
    {
        SentryBreadcrumb[] kept = [.. Latest(breadcrumbs)];
        if (kept.Length == 0)
        {
            return;
        }

        _json.WriteStartObject("breadcrumbs");
        _json.WriteStartArray("values");
        foreach (SentryBreadcrumb breadcrumb in kept)
        {
            _json.WriteStartObject();
            payload.Time("timestamp", breadcrumb.Timestamp);
            payload.Text("type", breadcrumb.Type, PayloadLimits.PairKey);
            payload.Text("category", breadcrumb.Category, PayloadLimits.Name);
            _json.WriteString("level", breadcrumb.Level.Name());
            payload.Text("message", breadcrumb.Message, PayloadLimits.Message);
            payload.Pairs("data", breadcrumb.Data);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>The last ones, as many as there is room for: those just before the error say most.</summary>
    private static IEnumerable<SentryBreadcrumb> Latest(IEnumerable<SentryBreadcrumb> breadcrumbs)
    {
        int room = PayloadLimits.BreadcrumbTexts;
        return breadcrumbs.Where(breadcrumb => breadcrumb is not null)
            .TakeLast(PayloadLimits.Breadcrumbs)
            .Reverse()
            .TakeWhile(breadcrumb => (room -= Length(breadcrumb)) >= 0)
            .ToArray()
            .Reverse();
    }

    private static int Length(SentryBreadcrumb breadcrumb) =>
        Math.Min(breadcrumb.Message?.Length ?? 0, PayloadLimits.Message)
        + (breadcrumb.Data?.Take(PayloadLimits.Pairs).Sum(pair => PayloadLimits.PairKey + Math.Min(pair.Value?.Length ?? 0, PayloadLimits.PairValue)) ?? 0);

    private void WriteMessage(SentryEvent item)
    {
        if (string.IsNullOrEmpty(item.Message))
        {
            return;
        }

        _json.WriteStartObject("logentry");
        payload.Text("message", item.MessageTemplate, PayloadLimits.Message);
        payload.Text("formatted", item.Message, PayloadLimits.Message);
        _json.WriteEndObject();
    }

    private void WriteFingerprint(IEnumerable<string> parts)
    {
        string[] known = [.. parts.Where(part => !string.IsNullOrEmpty(part)).Take(PayloadLimits.FingerprintParts)];
        if (known.Length == 0)
        {
            return;
        }

        _json.WriteStartArray("fingerprint");
        foreach (string part in known)
        {
            _json.WriteStringValue(payload.Clean(part, PayloadLimits.FingerprintPart));
        }

        _json.WriteEndArray();
    }

    private void WriteTrace(SentryEvent item)
    {
        // Sentry refuses a trace that lacks one of the two.
        if (!SafeText.IsId(item.TraceId, 32) || !SafeText.IsId(item.SpanId, 16))
        {
            return;
        }

        _json.WriteStartObject("trace");
        payload.Id("trace_id", item.TraceId, 32);
        payload.Id("span_id", item.SpanId, 16);
        payload.Id("parent_span_id", item.ParentSpanId, 16);
        _json.WriteEndObject();
    }
}
