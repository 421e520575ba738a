using System.Diagnostics;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>The real client against a receiver that fails in every way.</summary>
public sealed class TcpReceiverTests
{
    private const string Fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(500);

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("this is not HTTP\r\n\r\n")]
    [InlineData("HTTP/1.1 200\0 OK\r\n: \r\n\r\n")]
    [InlineData(TcpReceiver.Reset)]
    [InlineData(TcpReceiver.Hang)]
    public async Task Event_gets_through_at_the_second_attempt(string reply)
    {
        await using var receiver = new TcpReceiver(reply, Fine);
        await using var client = new BuiltInClient(receiver.Dsn, Quick);
        CapturedEvent item = BuiltInClient.Event();

        client.Queue.TryEnqueue(item);
        Assert.True(await client.Queue.FlushAsync(Limit));

        Assert.Equal([item.Event.EventId.ToString(), item.Event.EventId.ToString()], receiver.Received.Select(request => request.Envelope.Header.GetProperty("event_id").GetString()!), StringComparer.Ordinal);
        Assert.Equal(0, client.Dropped("network_error") + client.Dropped("send_error"));
    }

    [Theory]
    [InlineData("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html; charset=nonsense\r\nContent-Length: 4\r\n\r\n\0\0\0\0")]
    [InlineData("HTTP/1.1 307 Temporary Redirect\r\nLocation: /api/43/envelope/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData(TcpReceiver.EndlessBody)]
    public async Task Refused_event_is_dropped_and_the_next_one_tells(string reply)
    {
        await using var receiver = new TcpReceiver(reply, Fine);
        await using var client = new BuiltInClient(receiver.Dsn, Quick);
        CapturedEvent[] events = [BuiltInClient.Event(), BuiltInClient.Event()];

        Assert.All(events, item => client.Queue.TryEnqueue(item));
        Assert.True(await client.Queue.FlushAsync(Limit));

        Assert.Equal(events.Select(item => item.Event.EventId.ToString()), receiver.Received.Select(request => request.Envelope.Header.GetProperty("event_id").GetString()!), StringComparer.Ordinal);
        Assert.Equal(["1 error send_error"], receiver.Received.Last().Envelope.Report, StringComparer.Ordinal);
        Assert.Equal(1, client.Dropped("send_error"));
    }

    [Fact]
    public async Task Receiver_that_wants_quiet_gets_it()
    {
        await using var receiver = new TcpReceiver(TcpReceiver.Status("429 Too Many Requests", "Retry-After: 1", "X-Sentry-Rate-Limits: 60:error;default:organization:quota, 2700:attachment:key"), Fine);
        await using var client = new BuiltInClient(receiver.Dsn, Quick);

        client.Queue.TryEnqueue(BuiltInClient.Event());
        await client.Queue.FlushAsync(Limit);
        _ = Enumerable.Range(0, 1_000).Count(_ => client.Queue.TryEnqueue(BuiltInClient.Event()));
        await client.Queue.FlushAsync(Limit);

        Assert.Equal(1_001, client.AllDropped);
        Assert.Single(receiver.Received);
    }

    [Theory]
    [InlineData("ok", true, Fine)]
    [InlineData("resets", false, TcpReceiver.Reset)]
    [InlineData("hangs", false, TcpReceiver.Hang)]
    [InlineData("fails", false, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("refuses", false, "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("limits", false, "HTTP/1.1 429 Too Many Requests\r\nX-Sentry-Rate-Limits: 60:error:org\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("limits without a word", false, "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("is not there", false, null)]
    public async Task Of_a_thousand_captures_each_has_arrived_or_is_counted(string receiverThat, bool isFine, string? reply)
    {
        const int Captures = 1_000;
        await using TcpReceiver? receiver = reply is null ? null : new TcpReceiver(reply);
        await using var client = new BuiltInClient(receiver?.Dsn ?? $"http://key@127.0.0.1:{FreePort.Find()}/42", retryFor: receiverThat == "fails" ? TimeSpan.Zero : null);

        for (int i = 0; i < Captures; i++)
        {
            client.Queue.TryEnqueue(BuiltInClient.Event());
        }

        long start = Stopwatch.GetTimestamp();
        await client.StopAsync(TimeSpan.FromSeconds(isFine ? 30 : 4));
        TimeSpan stopped = Stopwatch.GetElapsedTime(start);

        int delivered = isFine ? receiver!.Received.Count(request => request.Envelope.Items.Any(item => item.Type == "event")) : 0;
        Assert.Equal(Captures, delivered + client.AllDropped);
        Assert.True(isFine || stopped < TimeSpan.FromSeconds(5), $"{stopped}");
        if (receiverThat.StartsWith("limits", StringComparison.Ordinal))
        {
            Assert.Single(receiver!.Received);
        }
    }

    [Fact]
    public async Task Address_where_nobody_listens_costs_the_event_and_nothing_else()
    {
        await using var client = new BuiltInClient($"http://key@127.0.0.1:{FreePort.Find()}/42", retryFor: TimeSpan.Zero);

        client.Queue.TryEnqueue(BuiltInClient.Event());
        await client.Queue.FlushAsync(Limit);

        Assert.Equal(1, client.Dropped("network_error"));
    }

    [Fact]
    public async Task Caller_never_waits_for_a_receiver_that_hangs_and_every_drop_is_counted()
    {
        await using var receiver = new TcpReceiver(TcpReceiver.Hang);
        await using var client = new BuiltInClient(receiver.Dsn);
        long start = Stopwatch.GetTimestamp();

        int taken = Enumerable.Range(0, 100_000).Count(_ => client.Queue.TryEnqueue(BuiltInClient.Event()));

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), $"{Stopwatch.GetElapsedTime(start)}");
        Assert.InRange(taken, 100, 102);
        Assert.Equal(100_000 - taken, client.Dropped("queue_overflow"));
        await client.StopAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(100_000, client.Dropped("queue_overflow") + client.Dropped("network_error"));
    }

    [Fact]
    public async Task Request_has_no_header_of_a_trace_and_is_no_span_of_its_own()
    {
        await using var receiver = new TcpReceiver(Fine);
        await using var client = new BuiltInClient(receiver.Dsn, Quick);
        var started = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("System.Net", StringComparison.Ordinal) || source.Name.Length == 0,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => started += activity.GetTagItem("server.port") is int port && port == receiver.Port ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity outer = new Activity("request").Start();

        client.Queue.TryEnqueue(BuiltInClient.Event());
        await client.Queue.FlushAsync(Limit);

        string head = Assert.Single(receiver.Received).Head;
        Assert.StartsWith("POST /api/42/envelope/ HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal(
            ["Content-Encoding", "Content-Length", "Content-Type", "Host", "User-Agent", "X-Sentry-Auth"],
            head.Split("\r\n").Skip(1).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(0, started);
    }
}
