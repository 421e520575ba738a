using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Tests.Errors;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.IntegrationTests.Errors;

public sealed class SpotlightTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c", Root = "b7ad6b7169203331", Child = "00f067aa0ba902b7";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Event_is_read_back_as_it_was_captured()
    {
        await using SpotlightServer spotlight = await SpotlightServer.StartOrSkipAsync();
        await using var client = new BuiltInClient(spotlight.Dsn);
        CapturedEvent item = Sample();

        client.Queue.TryEnqueue(item);
        Assert.True(await client.Queue.FlushAsync(Limit));

        ShownEnvelope shown = await spotlight.ShownAsync("event");
        JsonElement payload = shown.PayloadOf("event")!.Value;
        JsonElement[] exceptions = [.. payload.GetProperty("exception").GetProperty("values").EnumerateArray()];
        Assert.Equal(item.Event.EventId.ToString(), payload.GetProperty("event_id").GetString());
        Assert.Equal(["Нет связи: Password=***", "Ошибка: прогноз 😀"], exceptions.Select(value => value.GetProperty("value").GetString()!), StringComparer.Ordinal);
        Assert.Equal("FailAsync", exceptions[^1].GetProperty("stacktrace").GetProperty("frames").EnumerateArray().Last().GetProperty("function").GetString());
        Assert.Equal("get_weather", payload.GetProperty("tags").GetProperty("mcp.tool.name").GetString());
        Assert.Equal(TraceId, payload.GetProperty("contexts").GetProperty("trace").GetProperty("trace_id").GetString());

        byte[] bytes = await spotlight.BytesAsync(shown);
        Assert.Equal(item.Event.EventId.ToString(), ParsedEnvelope.Of(bytes).Header.GetProperty("event_id").GetString());
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("Ошибка: прогноз 😀", await spotlight.AskToolAsync("search_errors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transaction_its_spans_and_log_items_are_read_back()
    {
        await using SpotlightServer spotlight = await SpotlightServer.StartOrSkipAsync();
        await using var client = new BuiltInClient(spotlight.Dsn);
        DateTimeOffset start = DateTimeOffset.UtcNow;

        client.Queue.TryEnqueue(new FinishedTransaction
        {
            Name = "tools/call get_weather",
            TraceId = TraceId,
            Root = new SpanData { SpanId = Root, Op = "mcp.server", Status = SpanStatus.InternalError, Start = start, End = start.AddMilliseconds(250) },
            Spans = [new SpanData { SpanId = Child, ParentSpanId = Root, Op = "db", Description = "SELECT погода", Status = SpanStatus.Ok, Start = start, End = start.AddMilliseconds(200) }],
            Release = "weather@1.2.3",
            Sampling = new TraceSampling(0.5, true),
        });
        client.Queue.TryEnqueue(new LogItem { Timestamp = start, Level = LogLevel.Warning, Body = "Медленно", TraceId = TraceId, SpanId = Child, Attributes = [KeyValuePair.Create<string, object>("rows", 3L)] });
        client.Queue.Discarded(DiscardReason.SampleRate, DataCategory.Transaction, 9);
        Assert.True(await client.Queue.FlushAsync(Limit));

        JsonElement transaction = (await spotlight.ShownAsync("transaction")).PayloadOf("transaction")!.Value;
        Assert.Equal("tools/call get_weather", transaction.GetProperty("transaction").GetString());
        Assert.Equal("SELECT погода", Assert.Single(transaction.GetProperty("spans").EnumerateArray()).GetProperty("description").GetString());
        JsonElement log = Assert.Single((await spotlight.ShownAsync("log")).PayloadOf("log")!.Value.GetProperty("items").EnumerateArray());
        Assert.Equal("Медленно", log.GetProperty("body").GetString());
        Assert.Equal(3, log.GetProperty("attributes").GetProperty("rows").GetProperty("value").GetInt32());
        Assert.NotNull((await spotlight.ShownAsync("client_report")).PayloadOf("client_report"));

        Assert.Contains("tools/call get_weather", await spotlight.AskToolAsync("search_traces"), StringComparison.Ordinal);
        Assert.Contains("Медленно", await spotlight.AskToolAsync("search_logs"), StringComparison.Ordinal);
    }

    private static CapturedEvent Sample()
    {
        var item = new SentryEvent(Failed()) { TransactionName = "tools/call get_weather" };
        item.SetTag("mcp.tool.name", "get_weather");
        item.AddBreadcrumb(new Breadcrumb("tools/call get_weather", "default", data: null, "mcp"));
        return new CapturedEvent(item) { Trace = new(TraceId, Root, null), MechanismType = "auto.ai.mcp_server", IsHandled = false };
    }

    private static InvalidOperationException Failed()
    {
        try
        {
            FailAsync().GetAwaiter().GetResult();
            throw new InvalidOperationException("It does not fail.");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private static async Task FailAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("Ошибка: прогноз 😀", new TimeoutException("Нет связи: Password=hunter2"));
    }
}
