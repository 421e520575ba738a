using System.Collections.Concurrent;
using System.Diagnostics;
using Mcp.Monitoring.Errors.Sentry.Queue;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

public sealed class SentryTransportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Event_is_posted_to_the_project_by_its_key()
    {
        await using var host = new TransportHost();
        CapturedEvent item = TransportHost.Event();

        Assert.True(host.Queue.TryEnqueue(item));
        ReceivedRequest request = await host.Sentry.NextAsync();

        Assert.Equal("http://127.0.0.1:9/api/42/envelope/", request.Address!.AbsoluteUri);
        Assert.Equal(item.Event.EventId.ToString(), request.Envelope.Header.Text("event_id"));
        Assert.Equal("application/x-sentry-envelope", request.Headers["Content-Type"]);
        Assert.Equal("gzip", request.Headers["Content-Encoding"]);
        Assert.StartsWith("mcp.monitoring.dotnet/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.StartsWith("Sentry sentry_version=7,sentry_client=sentry.dotnet/", request.Headers["X-Sentry-Auth"], StringComparison.Ordinal);
        Assert.Contains("sentry_key=key", request.Headers["X-Sentry-Auth"], StringComparison.Ordinal);
        Assert.Equal(["Content-Encoding", "Content-Length", "Content-Type", "User-Agent", "X-Sentry-Auth"], request.Headers.Keys.Union(["Content-Length"], StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, null)]
    [InlineData(204, null)]
    [InlineData(301, "send_error")]
    [InlineData(308, "send_error")]
    [InlineData(400, "send_error")]
    [InlineData(401, "send_error")]
    [InlineData(403, "send_error")]
    [InlineData(404, "send_error")]
    [InlineData(408, "send_error")]
    [InlineData(413, "send_error")]
    [InlineData(429, "ratelimit_backoff")]
    public async Task Answer_is_final(int status, string? reason)
    {
        await using var host = new TransportHost();
        host.Sentry.Answers(status, 200);

        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Queue.FlushAsync(Patience);

        Assert.Equal(reason is null ? 0 : 1, host.AllDropped);
        Assert.True(reason is null || host.Dropped(reason) == 1);
        Assert.Empty((await host.Sentry.EnvelopeAsync()).Report);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task Same_envelope_is_tried_again_later_and_later(int status)
    {
        await using var host = new TransportHost();
        host.Sentry.Answer = (number, _) => number == 2 ? Task.FromResult(ScriptedSentry.Status(200))
            : status == 0 ? throw new HttpRequestException("connection reset")
            : Task.FromResult(ScriptedSentry.Status(status));

        CapturedEvent item = TransportHost.Event();
        host.Queue.TryEnqueue(item);
        await host.Time.PassAsync(1, 1.5);
        await host.Time.PassAsync(2, 3);
        Task<bool> flushed = host.Queue.FlushAsync(Patience);

        for (int i = 0; i < 3; i++)
        {
            ParsedEnvelope envelope = await host.Sentry.EnvelopeAsync();
            Assert.Equal(item.Event.EventId.ToString(), envelope.Header.Text("event_id"));
        }

        Assert.True(await flushed);
        Assert.Equal(0, host.AllDropped);
    }

    [Theory]
    [InlineData(0, "network_error")]
    [InlineData(500, "send_error")]
    public async Task What_cannot_be_delivered_for_a_minute_is_dropped_and_the_next_is_tried(int status, string reason)
    {
        await using var host = new TransportHost();
        bool isUp = false;
        host.Sentry.Answer = (_, _) => isUp ? Task.FromResult(ScriptedSentry.Status(200))
            : status == 0 ? throw new HttpRequestException("no such host")
            : Task.FromResult(ScriptedSentry.Status(status));

        host.Queue.TryEnqueue(TransportHost.Event());
        foreach ((double least, double most) in new[] { (1, 1.5), (2, 3), (4, 6), (8, 12), (16, 24) })
        {
            await host.Time.PassAsync(least, most);
        }

        // Another wait may fit into the minute. The one that does not is not begun: the envelope is dropped without it.
        using var patience = new CancellationTokenSource(Patience);
        while (host.AllDropped == 0)
        {
            host.Time.PassIfAny(20, 30);
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        isUp = true;
        CapturedEvent next = TransportHost.Event();
        host.Queue.TryEnqueue(next);
        Assert.True(await host.Queue.FlushAsync(Patience));
        Assert.Equal(1, host.Dropped(reason));
        Assert.Equal(1, host.AllDropped);
        IReadOnlyList<ParsedEnvelope> envelopes = await AllAsync(host);
        Assert.Contains(next.Event.EventId.ToString(), envelopes.Select(envelope => envelope.Header.Text("event_id")), StringComparer.Ordinal);
        Assert.Contains($"1 error {reason}", envelopes.SelectMany(envelope => envelope.Report), StringComparer.Ordinal);
        Assert.Equal(["SentryUnreachable", "SentryTakesAgain"], host.Logs.Entries.Select(entry => entry.Event), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Server_that_asks_for_more_time_than_there_is_is_not_asked_again()
    {
        await using var host = new TransportHost();
        host.Sentry.Answer = static (number, _) => Task.FromResult(number == 0 ? ScriptedSentry.Status(503, ("Retry-After", "61")) : ScriptedSentry.Status(200));

        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Sentry.NextAsync();
        host.Queue.TryEnqueue(TransportHost.Event());

        Assert.Equal(["1 error send_error"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Full_queue_drops_and_counts_and_nobody_waits()
    {
        await using var host = new TransportHost();
        host.Sentry.Hangs();
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Sentry.NextAsync();

        int taken = Enumerable.Range(0, 150).Count(_ => host.Queue.TryEnqueue(TransportHost.Event()));
        int transactions = Enumerable.Range(0, 150).Count(_ => host.Queue.TryEnqueue(TransportHost.Transaction()));
        int logs = Enumerable.Range(0, 1_100).Count(_ => host.Queue.TryEnqueue(TransportHost.Log()));

        Assert.Equal((100, 100, 1_000), (taken, transactions, logs));
        Assert.Equal(50 + 50 + 100, host.Dropped("queue_overflow"));
    }

    [Fact]
    public async Task Receiver_that_hangs_has_a_quarter_of_a_minute()
    {
        await using var host = new TransportHost();
        host.Sentry.Hangs();
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Sentry.NextAsync();

        await host.Time.PassAsync(15, 15);
        await host.Time.PassAsync(1, 1.5);

        await host.Sentry.NextAsync();
        Assert.Equal(0, host.AllDropped);
    }

    [Fact]
    public async Task Log_items_travel_together_when_there_are_enough_or_five_seconds_have_passed()
    {
        await using var host = new TransportHost();
        host.Queue.TryEnqueue(TransportHost.Log("first"));
        await host.Time.WaiterAsync(5, 5);
        for (int i = 1; i < 102; i++)
        {
            host.Queue.TryEnqueue(TransportHost.Log());
        }

        ParsedEnvelope full = await host.Sentry.EnvelopeAsync();
        Assert.Equal(100, full.Payload.Array("items").Count());
        Assert.Equal("first", full.Payload.GetProperty("items")[0].Text("body"));

        await host.Time.PassAsync(4, 5);
        Assert.Equal(2, (await host.Sentry.EnvelopeAsync()).Payload.Array("items").Count());
    }

    [Fact]
    public async Task Dropped_log_items_are_counted_with_their_bytes()
    {
        await using var host = new TransportHost();
        host.Sentry.Answers(400, 200);
        host.Queue.TryEnqueue(TransportHost.Log(new string('x', 1_000)));
        host.Queue.TryEnqueue(TransportHost.Log(new string('x', 1_000)));

        await host.Queue.FlushAsync(Patience);
        await host.Sentry.NextAsync();

        Assert.Equal(["2 log_item send_error", "2300 log_byte send_error"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
        Assert.Equal(2, host.AllDropped);
    }

    [Fact]
    public async Task Event_whose_hook_fails_is_counted_and_the_next_is_sent()
    {
        CapturedEvent second = TransportHost.Event();
        await using var host = new TransportHost(configure: options => options.BeforeSend = item => item == second.Event ? item : throw new InvalidOperationException("a fault of theirs"));

        host.Queue.TryEnqueue(TransportHost.Event());
        host.Queue.TryEnqueue(second);

        ParsedEnvelope envelope = await host.Sentry.EnvelopeAsync();
        Assert.Equal(second.Event.EventId.ToString(), envelope.Header.Text("event_id"));
        Assert.Equal(["1 error before_send"], envelope.Report, StringComparer.Ordinal);
        Assert.Equal(1, host.Errors);
    }

    [Fact]
    public async Task Event_that_is_not_to_be_sent_is_counted_for_its_reason()
    {
        await using var host = new TransportHost(configure: static options => options.BeforeSend = static _ => null);

        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Queue.FlushAsync(Patience);

        Assert.Equal(["1 error before_send"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
        Assert.Equal(1, host.Dropped("before_send"));
    }

    [Fact]
    public async Task Sending_belongs_to_no_request_and_happens_on_no_callers_thread()
    {
        await using var host = new TransportHost();
        var ambient = new AsyncLocal<string> { Value = "a request" };
        ConcurrentQueue<(string? Ambient, Activity? Activity, int Thread)> seen = new();
        host.Sentry.Sending = () => seen.Enqueue((ambient.Value, Activity.Current, Environment.CurrentManagedThreadId));
        using Activity activity = new Activity("request").Start();

        int caller = 0;
        var thread = new Thread(() =>
        {
            caller = Environment.CurrentManagedThreadId;
            host.Queue.TryEnqueue(TransportHost.Event());
            host.Queue.Flush(Patience);
        });
        thread.Start();
        thread.Join();

        (string? value, Activity? current, int sender) = Assert.Single(seen);
        Assert.Null(value);
        Assert.Null(current);
        Assert.NotEqual(caller, sender);
    }

    [Fact]
    public async Task Failing_address_is_said_once_a_minute()
    {
        await using var host = new TransportHost();
        host.Sentry.Answers(401);
        for (int i = 0; i < 20; i++)
        {
            host.Queue.TryEnqueue(TransportHost.Event());
        }

        await host.Queue.FlushAsync(Patience);
        Assert.Equal(20, host.Dropped("send_error"));
        string message = Assert.Single(host.Logs.Of("SentryRefuses")).Message;
        Assert.Contains("(127.0.0.1:9)", message, StringComparison.Ordinal);
        Assert.Contains("401", message, StringComparison.Ordinal);
        Assert.Contains("because", message, StringComparison.Ordinal);
        Assert.DoesNotContain("key", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_every_item_has_arrived_or_is_counted(int seed)
    {
        const int Threads = 4, Each = 2_000;
        var settings = new QueueSettings
        {
            LogPeriod = TimeSpan.FromMilliseconds(1),
            LogsPerEnvelope = 10,
            Logs = 50,
            Events = 10,
            Transactions = 10,
        };
        await using var host = new TransportHost(settings, time: TimeProvider.System, retryFor: TimeSpan.Zero);
        var random = new Random(seed);
        host.Sentry.Answer = (_, _) =>
        {
            int roll = random.Next(100);
            return roll < 5 ? throw new HttpRequestException("reset")
                : Task.FromResult(roll < 10 ? ScriptedSentry.Status(500)
                : roll < 15 ? ScriptedSentry.Status(413)
                : roll < 20 ? ScriptedSentry.Status(429, ("X-Sentry-Rate-Limits", "0.001:error;log_item"))
                : ScriptedSentry.Status(200));
        };

        int taken = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                bool wasTaken = (i % 3) switch
                {
                    0 => host.Queue.TryEnqueue(TransportHost.Event()),
                    1 => host.Queue.TryEnqueue(TransportHost.Transaction(spans: 2)),
                    _ => host.Queue.TryEnqueue(TransportHost.Log()),
                };
                if (wasTaken)
                {
                    Interlocked.Increment(ref taken);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads.Take(2).ToArray(), thread => thread.Join());
        await host.StopAsync(TimeSpan.FromMilliseconds(50));
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(Threads * Each, host.Sentry.Accepted + host.AllDropped);
        Assert.True(taken > 0);
    }

    private static async Task<IReadOnlyList<ParsedEnvelope>> AllAsync(TransportHost host)
    {
        List<ParsedEnvelope> envelopes = [];
        for (int i = host.Sentry.Requests; i > 0; i--)
        {
            envelopes.Add(await host.Sentry.EnvelopeAsync());
        }

        return envelopes;
    }
}
