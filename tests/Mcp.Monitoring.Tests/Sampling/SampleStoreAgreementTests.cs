using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>The live store, which keeps a part of the samples and reads two of them, agrees with the history of the same samples, which keeps and reads all.</summary>
public class SampleStoreAgreementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Every_window_that_fine_samples_cover_is_the_same(int seed)
    {
        var random = new Random(seed);
        var sampled = new SampledRegistry();
        Counter counter = sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        Histogram histogram = sampled.Registry.Histogram(SampledRegistry.Time).With("a");
        counter.Add(random.Next(2) * random.Next(1_000));
        double[] bounds = [.. sampled.Registry.Buckets.Bounds];
        var history = new SeriesHistory();
        SampledSeries calls = history.Add("mcp_test_calls_total", MetricKind.Counter, ("kind", "a"));
        SampledSeries times = history.AddHistogram("mcp_test_duration_seconds", bounds, ("kind", "a"));
        long[] counts = new long[bounds.Length + 1];
        double[] expected = new double[counts.Length];
        double[] actual = new double[counts.Length];

        for (int i = 0; i < 300; i++)
        {
            if (random.Next(3) > 0)
            {
                counter.Add(random.Next(1 << random.Next(1, 20)));
                histogram.Observe(sampled.Clock.ToTicks(TimeSpan.FromSeconds(0.001 * Math.Pow(500_000, random.NextDouble()))));
            }

            // Mostly on time, sometimes a little late, rarely a gap.
            sampled.Sample(TimeSpan.FromSeconds(random.Next(20) == 0 ? random.Next(20, 400) : 5 + (random.Next(100) / 1000d)));
            history.Record(calls, sampled.Now, counter.Value);
            histogram.ReadBuckets(counts);
            history.RecordHistogram(times, sampled.Now, [.. counts.Select(count => (double)count)], sampled.Clock.ToSeconds(histogram.Ticks));

            foreach (double seconds in (double[])[7, 12.5, 30, 60, 120, 299, 300])
            {
                TimeSpan window = TimeSpan.FromSeconds(seconds);
                SampledSeries ownTimes = sampled.Series("mcp_test_duration_seconds", "a");
                Same(history.Increase(calls, window), sampled.Increase("mcp_test_calls_total", window, "a"));
                Same(history.Increase(times, window), sampled.Store.Increase(ownTimes, window));
                Same(history.SumIncrease(times, window), sampled.Store.SumIncrease(ownTimes, window));
                bool isKnown = history.TryReadBuckets(times, window, expected);
                Assert.Equal(isKnown, sampled.Store.TryReadBuckets(ownTimes, window, actual));
                if (isKnown)
                {
                    Same(BucketQuantile.Of(0.95, bounds, expected), BucketQuantile.Of(0.95, bounds, actual));
                    Same(BucketFraction.Below(0.2, bounds, expected), BucketFraction.Below(0.2, bounds, actual));
                }
            }
        }
    }

    [Fact]
    public void Longer_windows_are_those_of_the_minutes_with_the_newest_sample()
    {
        var sampled = new SampledRegistry();
        Counter counter = sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        counter.Add(5_000);
        var random = new Random(7);
        var minutes = new List<(TimeSpan At, double Value)>();
        for (int i = 0; i < 2000; i++)
        {
            counter.Add(random.Next(40));
            sampled.Sample();
            (TimeSpan At, double Value) newest = (sampled.Now, counter.Value);
            if (i % 12 == 0)
            {
                minutes.Add(newest);
            }

            if (i % 97 != 0 || i == 0)
            {
                continue;
            }

            var history = new SeriesHistory();
            SampledSeries calls = history.Add("mcp_test_calls_total", MetricKind.Counter);
            foreach ((TimeSpan at, double value) in minutes.Append(newest).Distinct())
            {
                history.Record(calls, at, value);
            }

            foreach (int window in (int[])[6, 10, 15, 30, 59])
            {
                Same(history.Increase(calls, TimeSpan.FromMinutes(window)), sampled.Increase("mcp_test_calls_total", TimeSpan.FromMinutes(window), "a"));
            }
        }
    }

    private static void Same(double expected, double actual)
    {
        Assert.Equal(double.IsNaN(expected), double.IsNaN(actual));
        if (!double.IsNaN(expected))
        {
            Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{actual:R} is not {expected:R}.");
        }
    }
}
