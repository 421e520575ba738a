using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Spans in Zipkin's JSON, version 2, as OpenTelemetry's "SDK Exporters: Zipkin" maps them.</summary>
internal static class ZipkinJson
{
    private const int MostTags = 128;
    private const int MostAnnotations = 128;

    public static void Write(IBufferWriter<byte> into, in Batch<Activity> batch, string service)
    {
        using var json = new Utf8JsonWriter(into);
        json.WriteStartArray();
        foreach (Activity span in batch)
        {
            WriteSpan(json, span, service);
        }

        json.WriteEndArray();
    }

    private static void WriteSpan(Utf8JsonWriter json, Activity span, string service)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToHexString());
        json.WriteString("id", span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
        {
            json.WriteString("parentId", span.ParentSpanId.ToHexString());
        }

        if (Kind(span.Kind) is { } kind)
        {
            json.WriteString("kind", kind);
        }

        json.WriteString("name", ZipkinText.Of(span.DisplayName));
        json.WriteNumber("timestamp", Microseconds(span.StartTimeUtc - DateTime.UnixEpoch));
        json.WriteNumber("duration", Math.Max(1, Microseconds(span.Duration)));
        WriteEndpoint(json, "localEndpoint", service);
        if (span.Kind is ActivityKind.Client or ActivityKind.Producer && (span.GetTagItem("peer.service") ?? span.GetTagItem("server.address")) is { } peer)
        {
            WriteEndpoint(json, "remoteEndpoint", ZipkinText.Of(peer));
        }

        WriteAnnotations(json, span);
        WriteTags(json, span);
        json.WriteEndObject();
    }

    private static void WriteEndpoint(Utf8JsonWriter json, string name, string service)
    {
        json.WriteStartObject(name);
        json.WriteString("serviceName", service);
        json.WriteEndObject();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, Activity span)
    {
        int written = 0;
        foreach (ref readonly ActivityEvent happened in span.EnumerateEvents())
        {
            if (written++ == MostAnnotations)
            {
                break;
            }

            if (written == 1)
            {
                json.WriteStartArray("annotations");
            }

            json.WriteStartObject();
            json.WriteNumber("timestamp", Microseconds(happened.Timestamp.UtcDateTime - DateTime.UnixEpoch));
            json.WriteString("value", ZipkinText.Of(happened));
            json.WriteEndObject();
        }

        if (written > 0)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteTags(Utf8JsonWriter json, Activity span)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "error" };
        json.WriteStartObject("tags");
        if (span.Status == ActivityStatusCode.Error)
        {
            Write("error", span.StatusDescription ?? "");
        }

        if (span.Status != ActivityStatusCode.Unset)
        {
            Write("otel.status_code", span.Status == ActivityStatusCode.Ok ? "OK" : "ERROR");
        }

        Write("otel.scope.name", span.Source.Name);
        if (span.Source.Version is { Length: > 0 } version)
        {
            Write("otel.scope.version", version);
        }

        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
        {
            if (names.Count > MostTags)
            {
                break;
            }

            // An attribute of that name would mark a span that did not fail.
            if (tag.Key == "error" || tag.Value is null)
            {
                continue;
            }

            Write(tag.Key, ZipkinText.Of(tag.Value));
        }

        json.WriteEndObject();

        void Write(string name, string value)
        {
            string key = ZipkinText.Of(name);
            if (name == "error" || names.Add(key))
            {
                json.WriteString(key, ZipkinText.Of(value));
            }
        }
    }

    private static string? Kind(ActivityKind kind) => kind switch
    {
        ActivityKind.Client => "CLIENT",
        ActivityKind.Server => "SERVER",
        ActivityKind.Producer => "PRODUCER",
        ActivityKind.Consumer => "CONSUMER",
        _ => null,
    };

    // Rounded up, as Zipkin wants it of durations below one.
    private static long Microseconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;
}
