using System.Diagnostics;
using System.Net;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>The thread of the queue, on the system's clock: nothing here waits for time to pass but a receiver that hangs.</summary>
public sealed class SpanQueueTests : IDisposable
{
    private const int Patience = 20_000;

    // Whoever waits for the receiver waits for all the time that there is.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(Patience) * 0.75;
    private static readonly SpanQueueOptions Options = new() { Capacity = 100, BatchSize = 10, Interval = TimeSpan.FromHours(1) };

    private readonly TestHost _host = new();
    private readonly FakeReceiver _receiver;

    public SpanQueueTests() => _receiver = new FakeReceiver(_host, TimeProvider.System);

    public void Dispose()
    {
        _receiver.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Flush_sends_what_is_there()
    {
        using SpanQueue queue = _receiver.Queue(Options);
        queue.OnEnd(FakeReceiver.Span("a"));

        Assert.True(queue.ForceFlush(Patience));

        Assert.Equal(["a"], Assert.Single(_receiver.Batches));
        Assert.True(queue.Shutdown(Patience));
    }

    [Fact]
    public void Flush_that_the_receiver_does_not_take_fails()
    {
        _receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.ServiceUnavailable);
        using SpanQueue queue = _receiver.Queue(Options);
        queue.OnEnd(FakeReceiver.Span("a"));

        Assert.False(queue.ForceFlush(Patience));
        queue.Shutdown(0);
    }

    [Fact]
    public void Span_that_the_sampler_left_out_is_not_sent()
    {
        using SpanQueue queue = _receiver.Queue(Options);
        queue.OnEnd(FakeReceiver.Span("left out", isRecorded: false));
        queue.OnEnd(FakeReceiver.Span("kept"));

        queue.Shutdown(Patience);

        Assert.Equal(["kept"], Assert.Single(_receiver.Batches));
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
        using SpanQueue queue = _receiver.Queue(Options, own);
        foreach (ActivitySource source in new[] { own, others, libraries })
        {
            using Activity span = source.StartActivity(source == own ? "own" : source == others ? "another host's" : "library's")!;
            span.Stop();
            queue.OnEnd(span);
        }

        queue.Shutdown(Patience);

        Assert.Equal(["own", "library's"], Assert.Single(_receiver.Batches));
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
        using SpanQueue queue = _receiver.Queue(Options);
        for (int i = 0; i < Options.BatchSize; i++)
        {
            queue.OnEnd(FakeReceiver.Span("a"));
        }

        Assert.True(sent.Wait(Patience, TestContext.Current.CancellationToken));
        queue.Shutdown(Patience);
    }

    [Fact]
    public void Every_span_is_sent_or_counted_while_a_receiver_hangs()
    {
        const int Spans = 100_000;
        using var go = new ManualResetEventSlim();
        _receiver.Answer = cancelled =>
        {
            go.Wait(cancelled);
            return FakeReceiver.Status(HttpStatusCode.OK);
        };
        using SpanQueue queue = _receiver.Queue(Options);
        Activity span = FakeReceiver.Span("a");
        for (int i = 0; i < Spans; i++)
        {
            queue.OnEnd(span);
        }

        go.Set();
        queue.Shutdown(Patience);

        Assert.Equal(Spans, _receiver.Batches.Sum(batch => batch.Length) + _receiver.DroppedFor("queue_full"));
        Assert.InRange(_receiver.Batches.Sum(batch => batch.Length), Options.Capacity, Options.Capacity + Options.BatchSize);
    }

    [Fact]
    public void End_waits_for_a_receiver_that_hangs_as_long_as_it_may_and_counts_the_rest()
    {
        _receiver.Answer = cancelled =>
        {
            cancelled.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancelled);
        };
        using SpanQueue queue = _receiver.Queue(Options with { CloseLimit = TimeSpan.FromMilliseconds(200) });
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
        using SpanQueue queue = _receiver.Queue(Options);
        queue.OnEnd(FakeReceiver.Span("a"));

        long start = Stopwatch.GetTimestamp();
        queue.Shutdown(Patience);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, LongEnough);
        Assert.Equal(1, _receiver.DroppedFor("shutdown"));
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        using SpanQueue queue = _receiver.Queue(Options with { Capacity = 10_000, BatchSize = 9_000 });
        Activity span = FakeReceiver.Span("a");
        queue.OnEnd(span);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            queue.OnEnd(span);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        queue.Shutdown(Patience);
    }
}
