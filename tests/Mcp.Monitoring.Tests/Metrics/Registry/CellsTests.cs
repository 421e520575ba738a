using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Tests.Metrics.Registry;

public class CellsTests
{
    private const int Threads = 50;
    private const int Each = 2_000;

    [Fact]
    public void Counter_counts_every_increment_of_every_thread()
    {
        var counter = new Counter();

        Crowd.Run(Threads, _ =>
        {
            for (int i = 0; i < Each; i++)
            {
                counter.Increment();
            }
        });

        Assert.Equal(Threads * Each, counter.Value);
    }

    [Fact]
    public void Counter_with_a_source_has_the_value_of_the_source()
    {
        long source = 5;
        var counter = new Counter { Source = () => source };

        source = long.MaxValue;

        Assert.Equal(long.MaxValue, counter.Value);
    }

    [Fact]
    public void Gauge_has_the_value_set_last()
    {
        var gauge = new Gauge();

        gauge.Set(3);
        gauge.Set(-1.5);

        Assert.Equal(-1.5, gauge.Value);
    }

    [Fact]
    public void Gauge_set_by_many_threads_has_a_value_that_one_of_them_set()
    {
        var gauge = new Gauge();

        Crowd.Run(Threads, thread => gauge.Set(thread + 0.5));

        Assert.Contains(gauge.Value, Enumerable.Range(0, Threads).Select(thread => thread + 0.5));
    }

    [Fact]
    public void Gauge_with_a_source_has_the_value_of_the_source()
    {
        Assert.Equal(7, new Gauge { Source = () => 7 }.Value);
    }

    [Fact]
    public void Histogram_keeps_the_sum_and_every_bucket_exact()
    {
        var buckets = new LatencyBuckets([], 10_000_000);
        var histogram = new Histogram(buckets);
        long[] durations = [.. buckets.Bounds.Select(bound => (long)((decimal)bound * 10_000_000)), 4_000_000_000];

        Crowd.Run(Threads, _ =>
        {
            for (int i = 0; i < Each; i++)
            {
                histogram.Observe(durations[i % durations.Length]);
            }
        });

        Assert.Equal(Threads * Enumerable.Range(0, Each).Sum(i => durations[i % durations.Length]), histogram.Ticks);
        for (int bucket = 0; bucket < buckets.Count; bucket++)
        {
            Assert.Equal(Threads * Enumerable.Range(0, Each).LongCount(i => i % durations.Length == bucket), histogram.Bucket(bucket));
        }
    }
}
