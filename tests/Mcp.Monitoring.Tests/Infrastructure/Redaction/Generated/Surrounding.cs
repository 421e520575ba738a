using System.Security;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction.Generated;

/// <summary>What is around a secret: text before and after it, or a text in which the whole is written with the escapes of another notation.</summary>
internal sealed record Surrounding(string Name, Func<string, string> Around, Place Fits)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<Surrounding> All { get; } =
    [
        new("nothing", text => text, Place.Line),
        new("lines", text => $"System.InvalidOperationException: it failed\n{text}\n   at Mcp.Orders.Handler.Run() in /src/Handler.cs:line 42", Place.Line),
        new("lines of Windows", text => $"It failed.\r\n\r\n{text}\r\n\r\nRetry in 5 s.", Place.Line),
        new("in front", text => $"Step 3 of 7 failed: {text}", Place.LineEnd),
        new("both sides", text => $"At 12:00:07 order 42 failed: {text} after 3 attempts", Place.Inline),
        new("parentheses", text => $"It failed ({text}) and was tried again.", Place.Inline),
        new("sentence", text => $"Не удалось выполнить: {text}, повтор через 5 с.", Place.Inline),
        new("JSON", text => $"{{\"level\":\"error\",\"message\":{JsonSerializer.Serialize(text)},\"n\":1}}", Place.Line),
        new("JSON, relaxed", text => $"{{\"level\": \"error\", \"message\": {JsonSerializer.Serialize(text, Relaxed)}, \"n\": 1}}", Place.Line),
        new("JSON in JSON", text => $"{{\"a\":{JsonSerializer.Serialize($"{{\"b\":{JsonSerializer.Serialize(text, Relaxed)}}}", Relaxed)}}}", Place.Line),
        new("JSON in JSON, as the web has it", text => $"{{\"a\":{JsonSerializer.Serialize($"{{\"b\":{JsonSerializer.Serialize(text)}}}")}}}", Place.Line),
        new("JSON without its quotes", text => $"body was {{\\\"message\\\":{JsonSerializer.Serialize(JsonSerializer.Serialize(text, Relaxed), Relaxed)[1..^1]}}}", Place.Line),
        new("XML", text => $"<event><text>{SecurityElement.Escape(text)}</text><n>1</n></event>", Place.Line),
        new("attribute", text => $"<event text=\"{SecurityElement.Escape(text)}\" n=\"1\"/>", Place.Line),
        new("query", text => $"https://example.com/login?n=1&message={Uri.EscapeDataString(text).Replace("%2A%2A%2A", "***")}&x=2", Place.Line),
    ];

    public override string ToString() => Name;
}
