using System.Diagnostics;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>OTLP over HTTP and gRPC against a real receiver, in good times and in bad ones.</summary>
public sealed class DeliveryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Protocols => ["http/protobuf", "grpc"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Span_arrives_as_it_was(string protocol)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        using var sender = new Sender(OptionsOf(sink, protocol));

        Activity span = sender.Emit("work");

        JsonElement came = await sink.NextAsync("traces");
        Assert.Equal(protocol == "grpc" ? "grpc" : "http", came.GetProperty("via").GetString());
        Assert.Equal("work", came.GetProperty("name").GetString());
        Assert.Equal("shop", came.GetProperty("scope").GetString());
        Assert.Equal(span.TraceId.ToHexString(), came.GetProperty("traceId").GetString());
        Assert.Equal(span.SpanId.ToHexString(), came.GetProperty("spanId").GetString());
        Assert.Equal("weather", came.GetProperty("resource").GetProperty("service.name").GetString());
        Assert.Equal("Oslo", came.GetProperty("attributes").GetProperty("city").GetString());
        Assert.Equal("a b,c", came.GetProperty("key").GetString());
        Assert.True(came.GetProperty("isTimely").GetBoolean());
        Assert.True(sender.Flush());
        Assert.Equal((0, 0), (sender.Lost, sender.Errors));
    }

    [Theory]
    [InlineData("http/protobuf", "status 503 1")]
    [InlineData("http/protobuf", "status 429")]
    [InlineData("http/protobuf", "status 502")]
    [InlineData("http/protobuf", "status 504")]
    [InlineData("http/protobuf", "reset")]
    [InlineData("http/protobuf", "hang")]
    [InlineData("grpc", "grpc 14")]
    [InlineData("grpc", "grpc 4")]
    [InlineData("grpc", "grpc 8 0.2")]
    [InlineData("grpc", "hang")]
    public async Task Batch_that_is_not_taken_comes_again_and_is_not_lost(string protocol, string answer)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        sink.Script(answer, answer);
        using var sender = new Sender(OptionsOf(sink, protocol, answer == "hang" ? 500 : 10_000));

        sender.Emit("work");

        string[] requests = [await RequestAsync(), await RequestAsync(), await RequestAsync()];
        JsonElement came = await sink.NextAsync("traces");
        Assert.Equal([answer.Split(' ')[0], answer.Split(' ')[0], "ok"], requests);
        Assert.Equal("work", came.GetProperty("name").GetString());
        Assert.Equal((0, 0), (sender.Lost, sender.Errors));

        async Task<string> RequestAsync() => (await sink.NextAsync("request")).GetProperty("name").GetString()!;
    }

    [Theory]
    [InlineData("http/protobuf", "status 503 1", 900)]
    [InlineData("grpc", "grpc 8 0.7", 600)]
    [InlineData("grpc", "grpc 14 0.7", 600)]
    public async Task Receiver_is_left_alone_for_as_long_as_it_asks(string protocol, string answer, int atLeastMs)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        sink.Script(answer);
        using var sender = new Sender(OptionsOf(sink, protocol));
        sender.Emit("work");
        await sink.NextAsync("request");

        long start = Stopwatch.GetTimestamp();
        await sink.NextAsync("traces");

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(atLeastMs), Limit);
    }

    [Theory]
    [InlineData("http/protobuf", "status 400")]
    [InlineData("http/protobuf", "status 401")]
    [InlineData("http/protobuf", "status 413")]
    [InlineData("http/protobuf", "status 500")]
    [InlineData("http/protobuf", "redirect http://127.0.0.1:1/v1/traces")]
    [InlineData("grpc", "grpc 3")]
    [InlineData("grpc", "grpc 8")]
    [InlineData("grpc", "grpc 16")]
    [InlineData("grpc", "grpc 13")]
    public async Task Batch_that_is_refused_is_counted_and_the_next_one_goes_on(string protocol, string answer)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        sink.Script(answer);
        using var sender = new Sender(OptionsOf(sink, protocol));
        sender.Emit("refused");
        await sink.NextAsync("request");
        sender.Flush();

        sender.Emit("taken");

        Assert.Equal("taken", (await sink.NextAsync("traces")).GetProperty("name").GetString());
        Assert.Equal((1, 1, 0), (sender.Dropped("refused"), sender.Lost, sender.Errors));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Spans_that_the_receiver_left_out_are_counted(string protocol)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        sink.Script("partial 1");
        using var sender = new Sender(OptionsOf(sink, protocol));

        sender.Emit("work");
        await sink.NextAsync("traces");
        sender.Flush();

        Assert.Equal((1, 1), (sender.Dropped("rejected"), sender.Lost));
    }

    [Fact]
    public async Task Garbage_that_says_it_was_taken_is_believed()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        sink.Script("garbage");
        using var sender = new Sender(OptionsOf(sink, "http/protobuf"));
        sender.Emit("work");
        await sink.NextAsync("request");

        Assert.True(sender.Flush());

        Assert.Equal((0, 0), (sender.Lost, sender.Errors));
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Protocol_of_the_other_port_is_a_failure_without_harm(string protocol)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        int port = protocol == "grpc" ? sink.HttpPort : sink.GrpcPort;
        using var sender = new Sender(new OtelOptions { OtlpEndpoint = $"http://127.0.0.1:{port}", OtlpProtocol = protocol, OtlpTimeoutMs = 300 });
        sender.Emit("work");

        Assert.False(sender.Flush(patience: 1_000) && sender.Lost == 0);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Receiver_that_was_away_gets_everything_when_it_is_back(string protocol)
    {
        int http = FreePort.Find(), grpc = FreePort.Find();
        string port = $"{(protocol == "grpc" ? grpc : http)}";
        using var sender = new Sender(new OtelOptions { OtlpEndpoint = $"http://127.0.0.1:{port}", OtlpProtocol = protocol });
        await using (await OtlpSink.StartAsync(http, grpc))
        {
            sender.Emit("before");
            Assert.True(sender.Flush());
        }

        // 2,000 fit into the queue and the batch in hand.
        for (int i = 0; i < 2_000; i++)
        {
            sender.Emit("while it was away");
        }

        Assert.False(sender.Flush(patience: 200));
        await using OtlpSink sink = await OtlpSink.StartAsync(http, grpc);
        for (int i = 0; i < 2_000; i++)
        {
            Assert.Equal("while it was away", (await sink.NextAsync("traces")).GetProperty("name").GetString());
        }

        Assert.True(await Eventually.GetAsync(() => Task.FromResult(sender.Flush()), isDone => isDone, Limit));
        Assert.Equal(0, sender.Lost);
    }

    private static OtelOptions OptionsOf(OtlpSink sink, string protocol, int timeoutMs = 10_000) => new()
    {
        OtlpEndpoint = $"http://127.0.0.1:{(protocol == "grpc" ? sink.GrpcPort : sink.HttpPort)}",
        OtlpProtocol = protocol,
        OtlpHeaders = "x-key=a%20b%2Cc",
        OtlpTimeoutMs = timeoutMs,
    };
}
