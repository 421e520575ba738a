using System.Buffers;
using System.Text.Json;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>One finished payload of an envelope.</summary>
internal sealed record EnvelopeItem(string Type, ReadOnlyMemory<byte> Payload, string ContentType = "application/json", int? Count = null)
{
    public void WriteTo(IBufferWriter<byte> output)
    {
        using (var header = new Utf8JsonWriter(output, PayloadWriter.Options))
        {
            header.WriteStartObject();
            header.WriteString("type", Type);
            header.WriteNumber("length", Payload.Length);
            header.WriteString("content_type", ContentType);
            if (Count is { } count)
            {
                header.WriteNumber("item_count", count);
            }

            header.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Write(Payload.Span);
        output.Write("\n"u8);
    }
}
