using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mcp.Monitoring.Tracing;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>The thread of the queue, on the system's clock: nothing here waits for time to pass but a receiver that hangs.</summary>
public sealed class SpanQueueTests : IDisposable
{
    private const int Patience = 20_000;

    // Whoever waits for the receiver waits for all the time that there is.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(Patience) * 0.75;
    private static readonly SpanQueueSettings Settings = new(Capacity: 100, TimeSpan.FromHours(1));

    private readonly TestHost _host = new();
    private readonly FakeReceiver _receiver;

    public SpanQueueTests() => _receiver = new FakeReceiver(_host, "Zipkin", TimeProvider.System);

    private IReadOnlyList<string> Received =>
        [.. _receiver.Bodies.SelectMany(body => JsonDocument.Parse(body).RootElement.EnumerateArray().Select(span => span.GetProperty("name").GetString()!))];

    public void Dispose()
    {
        _receiver.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Flush_sends_what_is_there()
    {
        using SpanQueue queue = _receiver.Queue(Settings);
        queue.OnEnd(FakeReceiver.Span("a"));

        Assert.True(queue.ForceFlush(Patience));

        Assert.Equal(["a"], Received);
        Assert.True(queue.Shutdown(Patience));
    }

    [Fact]
    public void Flush_that_the_receiver_does_not_take_fails()
    {
        _receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.BadRequest);
        using SpanQueue queue = _receiver.Queue(Settings);
        queue.OnEnd(FakeReceiver.Span("a"));

        Assert.False(queue.ForceFlush(Patience));
    }

    [Fact]
    public void Span_that_the_sampler_left_out_is_not_sent()
    {
        using SpanQueue queue = _receiver.Queue(Settings);
        queue.OnEnd(FakeReceiver.Span("left out", isRecorded: false));
        queue.OnEnd(FakeReceiver.Span("kept"));

        queue.Shutdown(Patience);

        Assert.Equal(["kept"], Received);
    }

    [Fact]
    public void Span_of_another_host_is_not_sent()
    {
        using var own = new ActivitySource(SpanSources.Own);
        using var others = new ActivitySource(SpanSources.Own);
        using var libraries = new ActivitySource("library");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == own || source == others || source == libraries,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using SpanQueue queue = _receiver.Queue(Settings, own);
        foreach (ActivitySource source in new[] { own, others, libraries })
        {
            using Activity span = source.StartActivity(source == own ? "own" : source == others ? "another host's" : "library's")!;
            span.Stop();
            queue.OnEnd(span);
        }

        queue.Shutdown(Patience);

        Assert.Equal(["own", "library's"], Received);
    }

    [Fact]
    public void Full_batch_wakes_the_queue()
    {
        using var sent = new ManualResetEventSlim();
        _receiver.Answer = _ =>
        {
            sent.Set();
            return FakeReceiver.Status(HttpStatusCode.OK);
        };
        using SpanQueue queue = _receiver.Queue(Settings);
        for (int i = 0; i < Settings.Capacity; i++)
        {
            queue.OnEnd(FakeReceiver.Span("a"));
        }

        Assert.True(sent.Wait(Patience, TestContext.Current.CancellationToken));
        queue.Shutdown(Patience);
    }

    [Fact]
    public void Every_span_is_sent_or_counted_while_a_receiver_hangs()
    {
        const int Spans = 10_000;
        using var go = new ManualResetEventSlim();
        _receiver.Answer = cancelled =>
        {
            go.Wait(cancelled);
            return FakeReceiver.Status(HttpStatusCode.OK);
        };
        using SpanQueue queue = _receiver.Queue(Settings);
        Activity span = FakeReceiver.Span("a");
        Parallel.For(0, Spans, _ => queue.OnEnd(span));

        go.Set();
        queue.Shutdown(Patience);

        Assert.Equal(Spans, Received.Count + _receiver.DroppedFor("queue_full"));
        Assert.InRange(Received.Count, Settings.Capacity, 2 * Settings.Capacity);
    }

    [Fact]
    public void End_waits_for_a_receiver_that_hangs_as_long_as_it_may_and_counts_the_rest()
    {
        _receiver.Answer = cancelled =>
        {
            cancelled.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancelled);
        };
        using SpanQueue queue = _receiver.Queue(Settings with { CloseLimit = TimeSpan.FromMilliseconds(200) });
        for (int i = 0; i < 25; i++)
        {
            queue.OnEnd(FakeReceiver.Span("a"));
        }

        long start = Stopwatch.GetTimestamp();
        bool isComplete = queue.Shutdown(Patience);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        queue.OnEnd(FakeReceiver.Span("late"));

        Assert.False(isComplete);
        Assert.InRange(took, TimeSpan.FromMilliseconds(190), LongEnough);
        Assert.Equal(26, _receiver.DroppedFor("shutdown"));
    }

    [Fact]
    public void End_does_not_wait_for_a_try_that_would_come_too_late()
    {
        _receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.ServiceUnavailable, retryAfterSeconds: 30);
        using SpanQueue queue = _receiver.Queue(Settings);
        queue.OnEnd(FakeReceiver.Span("a"));

        long start = Stopwatch.GetTimestamp();
        queue.Shutdown(Patience);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal(1, _receiver.DroppedFor("shutdown"));
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        using SpanQueue queue = _receiver.Queue(new SpanQueueSettings(10_000, TimeSpan.FromHours(1)));
        Activity span = FakeReceiver.Span("a");
        queue.OnEnd(span);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            queue.OnEnd(span);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        queue.Shutdown(Patience);
    }
}
