using System.Buffers;
using System.Text.Json;
using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Protocol;

namespace Mcp.Monitoring.Tests.Errors;

/// <summary>Writes items and reads them back.</summary>
internal static class Envelopes
{
    public const string TraceId = "0af7651916cd43dd8448eb211c80319c", SpanId = "b7ad6b7169203331";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static Dsn Dsn { get; } = Parse("http://key@127.0.0.1:9/42");

    public static SentryIdentity Identity { get; } = new("test", "app@1.2.3", "host-1");

    public static EnvelopeFactory Factory(Func<string, string>? scrub = null) =>
        new(Dsn, Identity, scrub ?? (static text => text), new InAppRules(["Mcp.Monitoring.Tests"], []));

    public static ParsedEnvelope Written(this Envelope envelope, EnvelopeItem? report = null)
    {
        var output = new ArrayBufferWriter<byte>();
        envelope.WriteTo(output, Now, report);
        return ParsedEnvelope.Of(output.WrittenMemory);
    }

    public static JsonElement Payload(SentryEvent item) => Factory().Of(item).Written().Payload;

    public static JsonElement Payload(SentryTransaction item) => Factory().Of(item).Written().Payload;

    public static JsonElement Logs(params SentryLog[] logs) => Factory().Of(logs).Written().Payload.GetProperty("items");

    /// <summary>An event with a text in every member that takes one.</summary>
    public static SentryEvent Event(Func<string> text)
    {
        var item = new SentryEvent
        {
            Timestamp = Now,
            Message = text(),
            MessageTemplate = text(),
            Exception = Thrown(text(), Thrown(text(), null)),
            Logger = text(),
            Transaction = text(),
            Environment = text(),
            Release = text(),
            ServerName = text(),
            UserId = text(),
            TraceId = TraceId,
            SpanId = SpanId,
            Request = new SentryRequest { Method = text(), Url = text() },
            MechanismType = "auto.test",
            IsHandled = false,
        };
        item.Request.Headers["a" + text()] = text();
        item.Tags["tag"] = text();
        item.Extra["a" + text()] = text();
        item.Extra["nested"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["b" + text()] = new[] { text(), text() } };
        item.Contexts["c" + text()] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["d" + text()] = text() };
        item.Fingerprint.Add(text());
        item.MechanismData["e" + text()] = text();
        item.Breadcrumbs.Add(new SentryBreadcrumb
        {
            Message = text(),
            Category = text(),
            Type = text(),
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["f" + text()] = text() },
        });
        return item;
    }

    public static SentryTransaction Transaction(Func<string> text) =>
        new()
        {
            Name = text(),
            TraceId = TraceId,
            Root = Span(text),
            Spans = [Span(text), Span(text)],
            Environment = text(),
            Release = text(),
            ServerName = text(),
            UserId = text(),
            Request = new SentryRequest { Method = text(), Url = text() },
            Extra = [KeyValuePair.Create<string, object?>("a" + text(), text())],
            Breadcrumbs = [new SentryBreadcrumb { Message = text() }],
            Sampling = new TraceSampling(0.25, true),
        };

    public static SentryLog Log(Func<string> text) =>
        new()
        {
            Timestamp = Now,
            Level = SentryLogLevel.Info,
            Body = text(),
            TraceId = TraceId,
            SpanId = SpanId,
            Attributes = [KeyValuePair.Create<string, object>("a" + text(), text())],
        };

    public static SentrySpanData Span(Func<string> text) =>
        new()
        {
            SpanId = SpanId,
            Op = text(),
            Description = text(),
            Status = SpanStatus.Ok,
            Start = Now,
            End = Now.AddSeconds(1),
            Tags = [KeyValuePair.Create("tag", text())],
            Data = [KeyValuePair.Create<string, object?>("a" + text(), text())],
        };

    public static Exception Thrown(string message, Exception? inner)
    {
        try
        {
            throw new InvalidOperationException(message, inner);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    public static IEnumerable<JsonElement> Array(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : [];

    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    private static Dsn Parse(string text) => Dsn.TryParse(text, out Dsn? dsn, out _) ? dsn : throw new ArgumentException(text, nameof(text));
}
