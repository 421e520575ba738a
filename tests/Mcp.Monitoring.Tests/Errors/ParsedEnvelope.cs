using System.Text;
using System.Text.Json;

namespace Mcp.Monitoring.Tests.Errors;

internal sealed record ParsedItem(JsonElement Header, JsonElement Payload, int Length)
{
    public string Type => Header.GetProperty("type").GetString()!;
}

/// <summary>An envelope, read as strictly as the protocol says: every length to the byte, every line where it belongs, valid UTF-8.</summary>
internal sealed class ParsedEnvelope
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ParsedEnvelope(JsonElement header, IReadOnlyList<ParsedItem> items, string text)
    {
        Header = header;
        Items = items;
        Text = text;
    }

    public JsonElement Header { get; }

    public IReadOnlyList<ParsedItem> Items { get; }

    public string Text { get; }

    /// <summary>Gets the payload of the only item that is no report.</summary>
    public JsonElement Payload => Items.Single(item => item.Type != "client_report").Payload;

    /// <summary>Gets what the report in it says, in a fixed order.</summary>
    public IEnumerable<string> Report =>
        Items.Where(item => item.Type == "client_report")
            .SelectMany(item => item.Payload.GetProperty("discarded_events").EnumerateArray())
            .Select(entry => $"{entry.GetProperty("quantity").GetInt64()} {entry.GetProperty("category").GetString()} {entry.GetProperty("reason").GetString()}")
            .Order(StringComparer.Ordinal);

    public static ParsedEnvelope Of(ReadOnlyMemory<byte> bytes)
    {
        string text = Strict.GetString(bytes.Span);
        JsonElement header = Json(Line(ref bytes));
        List<ParsedItem> items = [];
        while (bytes.Length > 0)
        {
            JsonElement item = Json(Line(ref bytes));
            int length = item.GetProperty("length").GetInt32();
            items.Add(new ParsedItem(item, Json(bytes[..length]), length));
            Assert.Equal((byte)'\n', bytes.Span[length]);
            bytes = bytes[(length + 1)..];
        }

        return new ParsedEnvelope(header, items, text);
    }

    private static ReadOnlyMemory<byte> Line(ref ReadOnlyMemory<byte> bytes)
    {
        int end = bytes.Span.IndexOf((byte)'\n');
        ReadOnlyMemory<byte> line = bytes[..end];
        bytes = bytes[(end + 1)..];
        return line;
    }

    private static JsonElement Json(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }
}
