using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>Writes the JSON of webhooks.</summary>
internal static class WebhookJson
{
    // A receiver parses it as JSON, never as HTML, and where a length is limited an escaped letter counts six.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    public static void WriteObject(this Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    public static void WriteArray(this Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartArray(name);
        write();
        json.WriteEndArray();
    }

    public static void WriteItem(this Utf8JsonWriter json, Action write)
    {
        json.WriteStartObject();
        write();
        json.WriteEndObject();
    }

    /// <summary>Writes a time as RFC 3339 does, in UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
