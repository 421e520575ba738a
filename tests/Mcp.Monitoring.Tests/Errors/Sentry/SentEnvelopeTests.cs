using System.Text.Json;
using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry;
using SentryOptions = Mcp.Monitoring.Errors.SentryOptions;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>What reaches Sentry of what was captured.</summary>
public sealed class SentEnvelopeTests
{
    private const string Child = "00f067aa0ba902b7", Grandchild = "00f067aa0ba902b8";

    [Fact]
    public async Task Event_has_the_ids_that_it_was_captured_with_and_says_where_it_comes_from()
    {
        await using var host = new TransportHost();
        CapturedEvent captured = TransportHost.Event(Envelopes.Thrown("no"));
        captured.Sampling = new TraceSampling(0.25, IsSampled: false);
        captured.IsHandled = false;
        captured.MechanismType = "auto.ai.mcp_server";

        host.Queue.TryEnqueue(captured);
        ParsedEnvelope envelope = await host.Sentry.EnvelopeAsync();

        JsonElement trace = envelope.Header.GetProperty("trace");
        Assert.Equal((TransportHost.TraceId, "key", "0.25", "false"), (trace.Text("trace_id"), trace.Text("public_key"), trace.Text("sample_rate"), trace.Text("sampled")));
        JsonElement context = envelope.Payload.GetProperty("contexts").GetProperty("trace");
        Assert.Equal((TransportHost.TraceId, TransportHost.SpanId), (context.Text("trace_id"), context.Text("span_id")));
        Assert.Equal(("test", "app@1.2.3", "host-1"), (envelope.Payload.Text("environment"), envelope.Payload.Text("release"), envelope.Payload.Text("server_name")));
        JsonElement exception = Assert.Single(envelope.Payload.GetProperty("exception").Array("values"));
        Assert.Equal(("auto.ai.mcp_server", "false"), (exception.GetProperty("mechanism").Text("type"), exception.GetProperty("mechanism").Text("handled")));
        JsonElement frame = exception.GetProperty("stacktrace").Array("frames").Last();
        Assert.Equal((nameof(Envelopes.Thrown), "true"), (frame.Text("function"), frame.Text("in_app")));
        Assert.EndsWith("Errors/Envelopes.cs", frame.Text("filename")!.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transaction_has_the_ids_and_times_of_its_operation_and_of_what_is_inside()
    {
        await using var host = new TransportHost();

        host.Queue.TryEnqueue(new FinishedTransaction
        {
            Name = "tools/call get_weather",
            TraceId = TransportHost.TraceId,
            Root = TransportHost.Span(TransportHost.SpanId, parent: null, "mcp.server"),
            Spans = [TransportHost.Span(Grandchild, Child, "db"), TransportHost.Span(Child, TransportHost.SpanId, "https://u:hunter2@example.com")],
            Sampling = new TraceSampling(0.5, IsSampled: true),
            UserId = "u-1",
            Breadcrumbs = [new Breadcrumb("hunter2", "default")],
        });
        ParsedEnvelope envelope = await host.Sentry.EnvelopeAsync();

        JsonElement sent = envelope.Payload;
        Assert.Equal(("transaction", "tools/call get_weather", "app@1.2.3"), (sent.Text("type"), sent.Text("transaction"), sent.Text("release")));
        JsonElement trace = sent.GetProperty("contexts").GetProperty("trace");
        Assert.Equal((TransportHost.TraceId, TransportHost.SpanId, "mcp.server", "ok"), (trace.Text("trace_id"), trace.Text("span_id"), trace.Text("op"), trace.Text("status")));
        Assert.Equal(
            [(Child, TransportHost.SpanId), (Grandchild, Child)],
            sent.Array("spans").Select(span => (span.Text("span_id")!, span.Text("parent_span_id")!)).Order());
        Assert.All(sent.Array("spans"), span => Assert.Equal(SteppedTime.Beginning.AddSeconds(1), DateTimeOffset.Parse(span.Text("timestamp")!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("u-1", sent.GetProperty("user").Text("id"));
        Assert.Equal("0.5", envelope.Header.GetProperty("trace").Text("sample_rate"));
        Assert.DoesNotContain("hunter2", envelope.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transaction_of_nobody_names_no_user()
    {
        await using var host = new TransportHost();

        host.Queue.TryEnqueue(TransportHost.Transaction());

        JsonElement sent = (await host.Sentry.EnvelopeAsync()).Payload;
        Assert.False(sent.TryGetProperty("user", out JsonElement user) && user.TryGetProperty("id", out _));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("/var/lib/weather", false)]
    public void File_is_written_only_where_a_directory_is_given(string? directory, bool isDisabled)
    {
        global::Sentry.SentryOptions settings = ClientSettings.Of(new SentryOptions { Dsn = "http://key@127.0.0.1:9/42" }, new SentryIdentity(null, null, null), log: null, directory);

        Assert.Equal((isDisabled, directory), (settings.DisableFileWrite, settings.CacheDirectoryPath));
    }
}
