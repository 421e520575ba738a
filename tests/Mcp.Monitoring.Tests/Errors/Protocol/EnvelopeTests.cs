using System.Text.Json;
using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Delivery;

namespace Mcp.Monitoring.Tests.Errors.Protocol;

public sealed class EnvelopeTests
{
    [Fact]
    public void Header_names_the_event_the_sender_and_the_trace_with_what_was_decided_about_it()
    {
        var item = new SentryEvent
        {
            Environment = "production",
            Release = "shop@1",
            Transaction = "tools/call get_weather",
            TraceId = Envelopes.TraceId,
            SpanId = Envelopes.SpanId,
            Sampling = new TraceSampling(0.25, true),
        };

        JsonElement header = Envelopes.Factory().Of(item).Written().Header;

        Assert.Equal(item.EventId, header.Text("event_id"));
        Assert.Equal("2026-03-01T12:00:00.123000Z", header.Text("sent_at"));
        Assert.Equal("mcp.monitoring.dotnet", header.GetProperty("sdk").Text("name"));
        Assert.Equal(
            $$"""{"trace_id":"{{Envelopes.TraceId}}","public_key":"key","environment":"production","release":"shop@1","transaction":"tools/call get_weather","sample_rate":"0.25","sampled":"true"}""",
            header.Text("trace"));
    }

    [Fact]
    public void Header_names_no_trace_where_there_is_none()
    {
        Assert.Null(Envelopes.Factory().Of(new SentryEvent { TraceId = "none" }).Written().Header.Text("trace"));
    }

    [Fact]
    public void Items_say_what_they_are()
    {
        string text() => "x";

        Assert.Equal("event application/json", Kind(Envelopes.Factory().Of(Envelopes.Event(text)).Written()));
        Assert.Equal("transaction application/json", Kind(Envelopes.Factory().Of(Envelopes.Transaction(text)).Written()));

        ParsedEnvelope logs = Envelopes.Factory().Of([Envelopes.Log(text), Envelopes.Log(text)]).Written();
        Assert.Equal("log application/vnd.sentry.items.log+json", Kind(logs));
        Assert.Equal(2, logs.Items[0].Header.GetProperty("item_count").GetInt32());
        Assert.Equal(2, logs.Payload.Array("items").Count());
        Assert.Null(logs.Header.Text("event_id"));
    }

    [Fact]
    public void Report_travels_as_a_second_item()
    {
        ParsedEnvelope envelope = Envelopes.Factory().Of(new SentryEvent()).Written(
            DiscardCounts.Report([new Discarded(DiscardReason.QueueOverflow, DataCategory.Error, 3), new Discarded(DiscardReason.Repeated, DataCategory.Error, 2)], Envelopes.Now));

        Assert.Equal(["event", "client_report"], envelope.Items.Select(item => item.Type), StringComparer.Ordinal);
        Assert.Equal(["2 error event_processor", "3 error queue_overflow"], envelope.Report, StringComparer.Ordinal);
    }

    private static string Kind(ParsedEnvelope envelope) => $"{envelope.Items[0].Type} {envelope.Items[0].Header.Text("content_type")}";
}
