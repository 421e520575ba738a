using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

public sealed class NativeHistogramTests(ITestOutputHelper output)
{
    private const long Frequency = 1_000_000_000;
    private const string Wait = "mcp_operation_wait_seconds", Duration = "mcp_operation_duration_seconds";

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 5), Random.Shared.Next()];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Buckets_hold_every_observation_within_their_bounds(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        MetricsPage page = Page();
        long[] durations = [.. Enumerable.Range(0, random.Next(1, 2_000)).Select(_ => random.NextInt64(512 * Frequency) >> random.Next(39))];
        foreach (long ticks in durations)
        {
            page.Registry.OperationWait.With("search").Observe(ticks);
        }

        MessageHistogram histogram = Of(page, Wait, ("operation", "search"));

        MessageNative native = histogram.Native!;
        Assert.Equal(3, native.Schema);
        Assert.Equal((ulong)durations.Length, histogram.Count);
        Assert.Equal((double)durations.Sum() / Frequency, histogram.Sum);
        Assert.Equal((ulong)durations.Count(ticks => ticks / (double)Frequency <= native.ZeroThreshold), native.ZeroCount);
        var expected = new SortedDictionary<int, long>();
        foreach (double seconds in durations.Select(ticks => ticks / (double)Frequency).Where(seconds => seconds > native.ZeroThreshold))
        {
            int index = (int)Math.Ceiling(Math.Log2(seconds) * 8);
            expected[index] = expected.GetValueOrDefault(index) + 1;
            Assert.InRange(seconds, native.UpperBound(index - 1) * 0.999999, native.UpperBound(index) * 1.000001);
        }

        Assert.Equal(expected, native.Counts.Where(bucket => bucket.Value > 0));
        Assert.Equal(histogram.Count, native.Total);
        AssertClassic(histogram, durations);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(-1, 0)]
    [InlineData(-5 * Frequency, 0)]
    [InlineData(Frequency / 20_000, 0)]
    [InlineData(Frequency / 10_000, -106)]
    [InlineData(Frequency, 0 + 1000)]
    [InlineData(512 * Frequency, 72)]
    [InlineData(5_000 * Frequency, 72)]
    [InlineData(long.MaxValue, 72)]
    public void What_is_out_of_range_is_in_the_zero_bucket_or_the_last_one(long ticks, int index)
    {
        MetricsPage page = Page();
        page.Registry.OperationWait.With("search").Observe(ticks);

        MessageNative native = Of(page, Wait).Native!;

        Assert.Equal(1UL, native.Total);
        Assert.Equal(ticks <= Frequency / 20_000 ? 1UL : 0, native.ZeroCount);
        Assert.Equal(ticks <= Frequency / 20_000 ? [] : [index == 1000 ? 0 : index], native.Counts.Keys);
    }

    [Fact]
    public void Buckets_far_apart_are_spans_of_their_own()
    {
        MetricsPage page = Page();
        Histogram search = page.Registry.OperationWait.With("search");
        search.Observe(Frequency / 1_000);
        search.Observe(Frequency);
        search.Observe(Frequency);
        search.Observe(100 * Frequency);

        MessageNative native = Of(page, Wait).Native!;

        Assert.Equal([new(-79, 1), new(0, 2), new(54, 1)], native.Counts);
    }

    [Fact]
    public void Series_without_observations_is_native_with_nothing_in_it()
    {
        using TestHost host = Host();
        host.Operation(OperationType.Tools, "search");

        Assert.All((string[])["success", "error"], status =>
        {
            MessageHistogram histogram = Of(host.Page, Duration, ("status", status));
            Assert.Equal(0UL, histogram.Count);
            Assert.True(histogram.Native!.ZeroThreshold > 0);
            Assert.Empty(histogram.Native.Counts);
        });
    }

    [Fact]
    public void Successes_and_failures_of_an_operation_have_buckets_of_their_own()
    {
        using TestHost host = Host();
        Operation search = host.Operation(OperationType.Tools, "search");
        End(search, OperationOutcome.Success, 1 * host.Registry.Clock.Frequency);
        End(search, OperationOutcome.ServerError, 2 * host.Registry.Clock.Frequency);
        End(search, OperationOutcome.ToolError, 4 * host.Registry.Clock.Frequency);
        End(search, OperationOutcome.ClientError, 8 * host.Registry.Clock.Frequency);

        Assert.Equal([new(0, 1)], Of(host.Page, Duration, ("status", "success")).Native!.Counts);
        Assert.Equal([8, 16], Of(host.Page, Duration, ("status", "error")).Native!.Counts.Where(bucket => bucket.Value > 0).Select(bucket => bucket.Key));
    }

    [Fact]
    public void Target_that_becomes_known_later_moves_no_native_bucket()
    {
        using TestHost host = Host();
        Operation search = host.Operation(OperationType.Tools, "search");
        End(search, OperationOutcome.Success, host.Registry.Clock.Frequency);
        search.Describe(new OperationTraits(LatencyTargetMs: 300));
        End(search, OperationOutcome.Success, host.Registry.Clock.Frequency);

        MessageHistogram histogram = Of(host.Page, Duration, ("status", "success"));

        Assert.Equal([new(0, 2)], histogram.Native!.Counts);
        Assert.Contains(histogram.Buckets, bucket => bucket is { UpperBound: 0.3, Count: 0 });
        Assert.Equal(2UL, histogram.Buckets[^1].Count);
    }

    [Fact]
    public void Only_durations_that_we_measure_are_native()
    {
        using var page = new BridgedPage(configure: options => options.NativeHistograms = true);
        page.Meter.CreateHistogram<double>("other").Record(1);
        page.Host.Operation(OperationType.Tools, "search");
        page.Host.Registry.OperationWait.With("search");
        page.Host.Registry.Histogram(MetricNames.HttpRequestDuration).With("GET", "/mcp", "200", "mcp");

        var natives = Scrape.Messages(page.Host.Page)
            .Where(family => family.Type == MessageFamilyType.Histogram)
            .ToDictionary(family => family.Name, family => family.Metrics.All(metric => metric.Histogram!.Native is not null), StringComparer.Ordinal);

        Assert.False(natives["other"]);
        Assert.All(natives.Where(family => family.Key != "other"), family => Assert.True(family.Value, family.Key));
        Assert.Equal(4, natives.Count);
    }

    [Fact]
    public void None_is_native_unless_that_is_asked_for()
    {
        using var host = new TestHost();
        End(host.Operation(OperationType.Tools, "search"), OperationOutcome.Success, 1);
        host.Registry.OperationWait.With("search").Observe(1);

        Assert.All(
            Scrape.Messages(host.Page).Where(family => family.Type == MessageFamilyType.Histogram).SelectMany(family => family.Metrics),
            metric => Assert.Null(metric.Histogram!.Native));
    }

    [Fact]
    public void Scrape_is_consistent_and_never_goes_back_while_others_observe()
    {
        const int Threads = 8;
        const int Each = 20_000;
        using TestHost host = Host();
        Operation search = host.Operation(OperationType.Tools, "search");
        Histogram waits = host.Registry.OperationWait.With("search");
        using var crowd = new Crowd(Threads, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < Each; i++)
            {
                long ticks = random.NextInt64(100 * host.Registry.Clock.Frequency) >> random.Next(37);
                waits.Observe(ticks);
                End(search, i % 2 == 0 ? OperationOutcome.Success : OperationOutcome.ServerError, ticks);
            }
        });
        var before = new Dictionary<string, MessageHistogram>(StringComparer.Ordinal);

        crowd.Go();
        do
        {
            Check();
        }
        while (crowd.IsAtWork);
        crowd.Join();
        Check();

        Assert.Equal([Threads * Each / 2, Threads * Each / 2, Threads * Each], before.Values.Select(histogram => (int)histogram.Count).Order());

        void Check()
        {
            IReadOnlyList<MessageFamily> families = Scrape.Messages(host.Page);
            foreach ((string name, string? status) in ((string, string?)[])[(Wait, null), (Duration, "success"), (Duration, "error")])
            {
                MessageFamily family = families.Single(family => family.Name == name);
                MessageHistogram histogram = status is null ? family.Histogram() : family.Histogram(("status", status));
                Assert.Equal(histogram.Count, histogram.Native!.Total);
                Assert.Equal(histogram.Count, histogram.Buckets[^1].Count);
                Assert.Equal(histogram.Buckets.OrderBy(bucket => bucket.UpperBound).Select(bucket => bucket.Count), histogram.Buckets.Select(bucket => bucket.Count).Order());
                if (before.TryGetValue(name + status, out MessageHistogram? last))
                {
                    Assert.All(histogram.Buckets.Zip(last.Buckets), pair => Assert.True(pair.First.Count >= pair.Second.Count));
                    Assert.All(last.Native!.Counts, bucket => Assert.True(bucket.Value == 0 || histogram.Native.Counts.GetValueOrDefault(bucket.Key) >= bucket.Value));
                }

                before[name + status] = histogram;
            }
        }
    }

    [Fact]
    public void Observation_allocates_nothing()
    {
        using TestHost host = Host();
        Histogram waits = host.Registry.OperationWait.With("search");
        Operation search = host.Operation(OperationType.Tools, "search");

        Assert.Equal(0, Allocation.Bytes(() =>
        {
            waits.Observe(1_000_000);
            End(search, OperationOutcome.Success, 1_000_000);
            End(search, OperationOutcome.ServerError, 1_000_000);
        }));
    }

    [Fact]
    public void Series_takes_at_most_6_KB_more()
    {
        const int Overhead = 200;
        using TestHost native = Host();
        using var usual = new TestHost();

        Assert.InRange(BytesOf(native) - BytesOf(usual), 1_500, (6 * 1024) + Overhead);

        static long BytesOf(TestHost host)
        {
            host.Registry.OperationWait.With("warm");
            long before = GC.GetAllocatedBytesForCurrentThread();
            host.Registry.OperationWait.With("search");
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void AssertClassic(MessageHistogram histogram, long[] durations) =>
        Assert.All(histogram.Buckets, bucket => Assert.Equal((ulong)durations.Count(ticks => ticks / (decimal)Frequency <= (decimal)Math.Min(bucket.UpperBound, 1e9)), bucket.Count));

    private static TestHost Host() => new(options => options.Prometheus.NativeHistograms = true);

    private static MetricsPage Page() => new(new MetricsRegistry(new MetricsOptions { NativeHistograms = true }, ClockOf.Ticks(Frequency)));

    private static MessageHistogram Of(MetricsPage page, string name, params ReadOnlySpan<(string, string)> labels) =>
        Scrape.Messages(page).Single(family => family.Name == name).Histogram(labels);

    private static void End(Operation operation, OperationOutcome outcome, long ticks)
    {
        operation.Started();
        operation.Ended(outcome, ticks, ticks, context: null);
    }
}
