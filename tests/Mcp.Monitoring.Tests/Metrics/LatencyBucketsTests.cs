using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Tests.Metrics;

public class LatencyBucketsTests
{
    private static readonly decimal[] Standard = [0.005m, 0.01m, 0.02m, 0.05m, 0.1m, 0.2m, 0.5m, 1, 2, 5, 10, 30, 60, 120, 300];

    public static TheoryData<long, int> Edges()
    {
        var edges = new TheoryData<long, int>();
        foreach (long frequency in new[] { 1_000_000_000L, 10_000_000L })
        {
            for (int i = 0; i < Standard.Length; i++)
            {
                edges.Add(frequency, i);
            }
        }

        return edges;
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Duration_on_an_edge_is_in_the_bucket_of_the_edge(long frequency, int bucket)
    {
        Assert.Equal(bucket, new LatencyBuckets([], frequency).IndexOf((long)(Standard[bucket] * frequency)));
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Duration_one_tick_above_an_edge_is_in_the_next_bucket(long frequency, int bucket)
    {
        Assert.Equal(bucket + 1, new LatencyBuckets([], frequency).IndexOf((long)(Standard[bucket] * frequency) + 1));
    }

    [Fact]
    public void Standard_bounds_are_those_of_the_catalogue()
    {
        Assert.Equal(Standard.Select(bound => (double)bound), new LatencyBuckets([], 1_000_000_000).Bounds);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(long.MaxValue, 15)]
    public void Extremes_have_the_first_and_the_last_bucket(long ticks, int bucket)
    {
        var buckets = new LatencyBuckets([], 10_000_000);

        Assert.Equal(bucket, buckets.IndexOf(ticks));
        Assert.Equal(16, buckets.Count);
    }

    [Fact]
    public void Limits_of_the_host_become_edges_in_order()
    {
        var buckets = new LatencyBuckets([0.75, 0.25], 1_000_000_000);

        Assert.Equal([0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 0.75, 1, 2, 5, 10, 30, 60, 120, 300], buckets.Bounds);
        Assert.Equal(6, buckets.IndexOf(250_000_000));
        Assert.Equal(7, buckets.IndexOf(250_000_001));
    }

    [Fact]
    public void Limits_beyond_the_standard_ones_extend_the_list()
    {
        var buckets = new LatencyBuckets([3600, 0.001], 1_000_000_000);

        Assert.Equal(0.001, buckets.Bounds[0]);
        Assert.Equal(3600, buckets.Bounds[^1]);
    }

    [Fact]
    public void Limits_that_are_edges_already_or_no_durations_add_nothing()
    {
        Assert.Equal(Standard.Length, new LatencyBuckets([0.2, 0.5, 0, -1], 10_000_000).Bounds.Count);
    }

    [Fact]
    public void Every_duration_is_in_the_first_bucket_that_holds_it()
    {
        var buckets = new LatencyBuckets([], 10_000_000);
        var random = new Random(20260301);
        for (int i = 0; i < 10_000; i++)
        {
            long ticks = random.NextInt64(4_000_000_000);
            int expected = Array.FindIndex(Standard, bound => ticks <= bound * 10_000_000);
            Assert.Equal(expected < 0 ? Standard.Length : expected, buckets.IndexOf(ticks));
        }
    }

    [Fact]
    public void Target_of_an_operation_is_one_edge_more()
    {
        var shared = new LatencyBuckets([], 1_000_000_000);
        LatencyBuckets own = shared.With(0.3);

        Assert.Equal([0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60, 120, 300], own.Bounds);
        Assert.Equal((6, 7), (own.IndexOf(300_000_000), own.IndexOf(300_000_001)));
        Assert.Equal((6, -1), (own.EdgeOf(0.3), shared.EdgeOf(0.3)));
        Assert.Same(shared, shared.With(0.5));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(299.999)]
    [InlineData(3600)]
    public void Counts_with_an_edge_more_are_those_of_all_when_it_is_left_out(double target)
    {
        var shared = new LatencyBuckets([], 1_000_000_000);
        LatencyBuckets own = shared.With(target);
        long[] expected = new long[shared.Count];
        long[] counts = new long[own.Count];
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++)
        {
            long ticks = random.NextInt64(long.MaxValue) >> random.Next(20, 63);
            expected[shared.IndexOf(ticks)]++;
            counts[own.IndexOf(ticks)]++;
        }

        Assert.Equal(expected, own.Shared(counts).ToArray());
    }
}
