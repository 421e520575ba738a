using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mcp.Monitoring.Metrics;
using Sentry.Protocol.Envelopes;

namespace Mcp.Monitoring.Errors.Sentry.Logging;

/// <summary>Writes log items, many to one payload.</summary>
internal sealed class LogPayload(Utf8JsonWriter json, ScrubbedText text, SentryIdentity identity)
{
    // The trace of log items that belong to none: one for the whole process.
    private static readonly string OtherTrace = Guid.NewGuid().ToString("N");

    // Nothing of it is ever part of a web page: letters stay letters.
    private static readonly JsonWriterOptions Letters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json = json;

    public static Envelope Envelope(IReadOnlyCollection<LogItem> logs, ScrubbedText text, SentryIdentity identity)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(output, Letters))
        {
            new LogPayload(json, text, identity).Write(logs);
        }

        var header = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = "log",
            ["item_count"] = logs.Count,
            ["content_type"] = "application/vnd.sentry.items.log+json",
            ["length"] = output.WrittenCount,
        };
        return new Envelope(new Dictionary<string, object?>(StringComparer.Ordinal), [new EnvelopeItem(header, new JsonPayload(output.WrittenMemory))]);
    }

    private void Write(IEnumerable<LogItem> logs)
    {
        _json.WriteStartObject();
        _json.WriteStartArray("items");
        foreach (LogItem log in logs)
        {
            WriteLog(log);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteLog(LogItem log)
    {
        _json.WriteStartObject();

        // The one place where a number is asked for.
        _json.WriteNumber("timestamp", Math.Round((decimal)(log.Timestamp - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, 6));

        // Every log item has a trace, also one that was written outside of all.
        _json.WriteString("trace_id", SafeText.IsId(log.TraceId, 32) ? log.TraceId : OtherTrace);
        if (SafeText.IsId(log.SpanId, 16))
        {
            _json.WriteString("span_id", log.SpanId);
        }

        _json.WriteString("level", log.Level.Name());
        _json.WriteNumber("severity_number", log.Level.SeverityNumber());
        _json.WriteString("body", text.Clean(log.Body ?? "", PayloadLimits.LogBody));
        WriteAttributes(log.Attributes);
        _json.WriteEndObject();
    }

    private void WriteAttributes(IReadOnlyCollection<KeyValuePair<string, object>> attributes)
    {
        var budget = new TextBudget(PayloadLimits.LogTexts);
        HashSet<string> written = new(StringComparer.Ordinal);
        _json.WriteStartObject("attributes");
        foreach ((string key, object value) in attributes.Take(PayloadLimits.LogAttributes))
        {
            if (!string.IsNullOrEmpty(key) && value is not null && budget.Left > 0)
            {
                Attribute(text.Clean(key, PayloadLimits.Name, budget), value, written, budget);
            }
        }

        Own("sentry.environment", identity.Environment);
        Own("sentry.release", identity.Release);
        Own("server.address", identity.ServerName);
        Own("sentry.sdk.name", SentryIdentity.SdkName);
        Own("sentry.sdk.version", BuildInfo.LibraryVersion);
        _json.WriteEndObject();

        void Own(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                Attribute(key, value, written, null);
            }
        }
    }

    private void Attribute(string key, object value, HashSet<string> written, TextBudget? budget)
    {
        if (!written.Add(key))
        {
            return;
        }

        _json.WriteStartObject(key);
        switch (value)
        {
            case bool flag:
                _json.WriteBoolean("value", flag);
                _json.WriteString("type", "boolean");
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                _json.WriteNumber("value", Convert.ToInt64(value, CultureInfo.InvariantCulture));
                _json.WriteString("type", "integer");
                break;
            case float or double when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                _json.WriteNumber("value", Convert.ToDouble(value, CultureInfo.InvariantCulture));
                _json.WriteString("type", "double");
                break;
            default:
                _json.WriteString("value", text.Clean(PlainData.Written(value), PayloadLimits.DataValue, budget));
                _json.WriteString("type", "string");
                break;
        }

        _json.WriteEndObject();
    }
}
