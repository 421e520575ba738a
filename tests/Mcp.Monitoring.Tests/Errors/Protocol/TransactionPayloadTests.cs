using System.Text.Json;
using Mcp.Monitoring.Errors;

namespace Mcp.Monitoring.Tests.Errors.Protocol;

public sealed class TransactionPayloadTests
{
    [Fact]
    public void Transaction_says_what_was_done_and_how_long_it_took()
    {
        JsonElement payload = Envelopes.Payload(Sample());

        Assert.Equal("transaction", payload.Text("type"));
        Assert.Equal("tools/call get_weather", payload.Text("transaction"));
        Assert.Equal("""{"source":"route"}""", payload.Text("transaction_info"));
        Assert.Equal("2026-03-01T12:00:00.123000Z", payload.Text("start_timestamp"));
        Assert.Equal("2026-03-01T12:00:02.123000Z", payload.Text("timestamp"));
        Assert.Equal("""{"mcp.tool.name":"get_weather"}""", payload.Text("tags"));
        Assert.Equal(
            $$$"""{"trace_id":"{{{Envelopes.TraceId}}}","span_id":"{{{Envelopes.SpanId}}}","parent_span_id":"00f067aa0ba902b7","op":"mcp.server","status":"internal_error","origin":"auto.mcp.monitoring","data":{"mcp.method.name":"tools/call"}}""",
            payload.GetProperty("contexts").Text("trace"));
        Assert.Equal(
            $$$"""[{"start_timestamp":"2026-03-01T12:00:00.123000Z","timestamp":"2026-03-01T12:00:01.123000Z","description":"SELECT 1","trace_id":"{{{Envelopes.TraceId}}}","span_id":"00f067aa0ba902b8","parent_span_id":"{{{Envelopes.SpanId}}}","op":"db","status":"ok","origin":"manual","data":{"db.rows":3}}]""",
            payload.Text("spans"));
    }

    [Fact]
    public void Span_that_ended_before_it_began_took_no_time()
    {
        JsonElement payload = Envelopes.Payload(new SentryTransaction
        {
            Name = "n",
            TraceId = Envelopes.TraceId,
            Root = new SentrySpanData { SpanId = Envelopes.SpanId, Start = Envelopes.Now, End = Envelopes.Now.AddSeconds(-5) },
        });

        Assert.Equal(payload.Text("start_timestamp"), payload.Text("timestamp"));
    }

    [Fact]
    public void A_thousand_spans_are_sent()
    {
        SentryTransaction item = new()
        {
            Name = "n",
            TraceId = Envelopes.TraceId,
            Root = Envelopes.Span(() => "x"),
            Spans = [.. Enumerable.Range(0, 1_500).Select(_ => Envelopes.Span(() => new string('д', 2_000)))],
        };

        ParsedItem written = Envelopes.Factory().Of(item).Written().Items[0];

        Assert.Equal(1_000, written.Payload.Array("spans").Count());
        Assert.True(written.Length < 1_000_000, $"{written.Length} bytes");
    }

    private static SentryTransaction Sample() =>
        new()
        {
            Name = "tools/call get_weather",
            TraceId = Envelopes.TraceId,
            Root = new SentrySpanData
            {
                SpanId = Envelopes.SpanId,
                ParentSpanId = "00f067aa0ba902b7",
                Op = "mcp.server",
                Status = SpanStatus.InternalError,
                Start = Envelopes.Now,
                End = Envelopes.Now.AddSeconds(2),
                Tags = [KeyValuePair.Create("mcp.tool.name", "get_weather")],
                Data = [KeyValuePair.Create<string, object?>("mcp.method.name", "tools/call")],
            },
            Spans =
            [
                new SentrySpanData
                {
                    SpanId = "00f067aa0ba902b8",
                    ParentSpanId = Envelopes.SpanId,
                    Op = "db",
                    Description = "SELECT 1",
                    Status = SpanStatus.Ok,
                    Origin = SentrySpanData.Manual,
                    Start = Envelopes.Now,
                    End = Envelopes.Now.AddSeconds(1),
                    Data = [KeyValuePair.Create<string, object?>("db.rows", 3)],
                },
            ],
        };
}
