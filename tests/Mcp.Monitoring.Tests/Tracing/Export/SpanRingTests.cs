using System.Diagnostics;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public class SpanRingTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(2_048)]
    public void Ring_takes_as_many_as_it_holds_and_gives_them_back_in_order(int capacity)
    {
        var ring = new SpanRing(capacity);
        var into = new Activity?[capacity];
        for (int lap = 0; lap < 3; lap++)
        {
            Activity[] spans = [.. Enumerable.Range(0, capacity).Select(i => new Activity($"{i}"))];

            Assert.All(spans, span => Assert.True(ring.TryAdd(span)));
            Assert.False(ring.TryAdd(new Activity("one too many")));
            Assert.Equal(capacity, ring.Count);
            Assert.Equal(capacity, ring.Take(into));
            Assert.Equal(spans, into);
            Assert.Equal(0, ring.Take(into));
        }
    }

    [Fact]
    public void Nothing_is_lost_or_there_twice_while_many_threads_add_and_one_takes()
    {
        const int Threads = 4, Each = 20_000;
        var ring = new SpanRing(100);
        var seen = new HashSet<Activity>(ReferenceEqualityComparer.Instance);
        int added = 0, running = Threads;
        Thread[] adding = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                if (ring.TryAdd(new Activity("a")))
                {
                    Interlocked.Increment(ref added);
                }
            }

            Interlocked.Decrement(ref running);
        }))];
        Array.ForEach(adding, thread => thread.Start());
        var into = new Activity?[64];
        while (Volatile.Read(ref running) > 0 || ring.Count > 0)
        {
            foreach (Activity? span in into.AsSpan(0, ring.Take(into)))
            {
                Assert.True(seen.Add(span!));
            }
        }

        Assert.Equal(added, seen.Count);
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        var ring = new SpanRing(1_000);
        var span = new Activity("a");
        ring.TryAdd(span);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            ring.TryAdd(span);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
