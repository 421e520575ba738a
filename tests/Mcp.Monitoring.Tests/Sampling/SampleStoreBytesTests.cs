using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Sampling;

[Collection(nameof(Alone))]
public class SampleStoreBytesTests
{
    private const int Histograms = 1_000;

    [Fact]
    public void Sample_and_evaluation_of_known_series_allocate_nothing()
    {
        SampledRegistry sampled = WithHistograms(50);
        double[] increases = new double[16];
        sampled.SampleFor(TimeSpan.FromMinutes(6));
        IReadOnlyList<double> bounds = sampled.Store.Bounds("mcp_test_duration_seconds");
        double sum = 0;

        long bytes = Allocation.Bytes(() =>
        {
            sampled.Sample();
            foreach (SampledSeries series in sampled.Store.Of("mcp_test_duration_seconds"))
            {
                sum += sampled.Store.Increase(series, TimeSpan.FromMinutes(5));
                sum += sampled.Store.SumIncrease(series, TimeSpan.FromMinutes(30));
                sum += sampled.Store.ValueAt(series, TimeSpan.FromHours(1));
                if (sampled.Store.TryReadBuckets(series, TimeSpan.FromMinutes(5), increases))
                {
                    sum += BucketQuantile.Of(0.95, bounds, increases) + BucketFraction.Below(0.2, bounds, increases);
                }
            }

            sum += sampled.Store.Covered(TimeSpan.FromMinutes(5)).TotalSeconds;
        });

        Assert.Equal(0, bytes);
        Assert.False(sum == 0);
    }

    [Fact]
    public void Five_minutes_of_a_thousand_histograms_of_16_buckets_take_at_most_4_5_MiB()
    {
        SampledRegistry sampled = WithHistograms(Histograms);
        long before = GC.GetAllocatedBytesForCurrentThread();

        sampled.Sample();

        // What the minutes of an hour take is as much again, and what the day takes is a number for each.
        long minutes = Histograms * 61L * ((16 * sizeof(uint)) + sizeof(long));
        long day = Histograms * 301L * sizeof(uint);
        long all = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Histograms, sampled.Store.Of("mcp_test_duration_seconds").Length);

        // Lists that grew while the series were found are garbage already; the benchmark measures what stays.
        const int Garbage = 128 * 1024;
        Assert.InRange(all - minutes - day, 3 << 20, (long)(4.5 * (1 << 20)) + Garbage);
    }

    [Fact]
    public void Series_that_never_counted_anything_take_no_slots()
    {
        var sampled = new SampledRegistry();
        CounterFamily counters = sampled.Registry.Counter(SampledRegistry.Calls);
        for (int i = 0; i < 1_000; i++)
        {
            counters.With($"{i}");
        }

        sampled.Sample();
        sampled.Sample();
        long before = GC.GetAllocatedBytesForCurrentThread();
        counters.With("0").Increment();
        sampled.Sample();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600_000);
    }

    private static SampledRegistry WithHistograms(int count)
    {
        var sampled = new SampledRegistry();
        sampled.Sample();
        HistogramFamily family = sampled.Registry.Histogram(SampledRegistry.Time);
        for (int i = 0; i < count; i++)
        {
            family.With($"{i}").Observe(sampled.Clock.ToTicks(TimeSpan.FromMilliseconds(i)));
        }

        return sampled;
    }
}
