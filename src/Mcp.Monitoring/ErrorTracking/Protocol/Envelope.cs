using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>What is posted at once. Its payloads are finished; its header tells when it is sent, and so is written for each attempt.</summary>
internal sealed class Envelope(string? eventId, TraceHeader? trace, EnvelopeItem? item)
{
    /// <summary>Gets the one item that it was made for; none in an envelope of a report alone.</summary>
    public EnvelopeItem? Item { get; } = item;

    /// <param name="output">Where it is written.</param>
    /// <param name="sentAt">The time by our clock, by which Sentry corrects all others.</param>
    /// <param name="report">What travels along.</param>
    public void WriteTo(IBufferWriter<byte> output, DateTimeOffset sentAt, EnvelopeItem? report)
    {
        using (var header = new Utf8JsonWriter(output, PayloadWriter.Options))
        {
            header.WriteStartObject();
            if (eventId is not null)
            {
                header.WriteString("event_id", eventId);
            }

            header.WriteString("sent_at", sentAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            header.WriteStartObject("sdk");
            header.WriteString("name", SentryIdentity.SdkName);
            header.WriteString("version", SentryIdentity.SdkVersion);
            header.WriteEndObject();
            trace?.WriteTo(header);
            header.WriteEndObject();
        }

        output.Write("\n"u8);
        Item?.WriteTo(output);
        report?.WriteTo(output);
    }
}
