using System.Globalization;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

public class ExpositionPropertyTests(ITestOutputHelper output)
{
    private const int Series = 300;
    private static readonly MetricDefinition Level = new("mcp_test_level", MetricKind.Gauge, "A \"test\" of \\ and\nlines.", "number", "text");
    private static readonly MetricDefinition Count = new("mcp_test_total", MetricKind.Counter, "A test.", "number", "text");

    private static readonly double[] SpecialDoubles =
    [
        0, -0.0, 1, -1, 9, 10, 0.1, -0.1, 1e-300, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity,
        double.NegativeInfinity, 9007199254740991, 9007199254740992, 9007199254740993, -9007199254740992, 1e15, 1e16, 1e21, 123456789.125, Math.PI,
    ];

    private static readonly long[] SpecialLongs = [0, 1, 9, 10, 9007199254740992, 9007199254740993, long.MaxValue];

    public static TheoryData<int> Seeds() =>
        [.. Enumerable.Range(1, 5), Random.Shared.Next(), Random.Shared.Next()];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_gauge_parses_back_to_its_labels_and_its_value_and_one_that_is_NaN_is_absent(int seed)
    {
        var random = new Random(Say(seed));
        string service = HostileText.Next(random);
        MetricsRegistry registry = Create(service);
        GaugeFamily gauges = registry.Gauge(Level);
        var expected = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < Series; i++)
        {
            string text = HostileText.Next(random);
            double value = i < SpecialDoubles.Length ? SpecialDoubles[i] : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            gauges.With($"{i}", text).Set(value);
            if (!double.IsNaN(value))
            {
                expected.Add(KeyOf(i, text, service), value);
            }
        }

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            ParsedFamily family = Find(registry, format, "mcp_test_level");

            Assert.Equal(Level.Help, family.Help);
            Assert.Equal(expected, family.Samples.ToDictionary(sample => ParsedSample.KeyOf(sample.Labels), sample => sample.Value, StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_counter_parses_back_to_its_labels_and_every_digit(int seed)
    {
        var random = new Random(Say(seed));
        string service = HostileText.Next(random);
        MetricsRegistry registry = Create(service);
        CounterFamily counters = registry.Counter(Count);
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < Series; i++)
        {
            string text = HostileText.Next(random);
            long value = i < SpecialLongs.Length ? SpecialLongs[i] : random.NextInt64(long.MaxValue) >> random.Next(63);
            counters.With($"{i}", text).Source = () => value;
            expected.Add(KeyOf(i, text, service), value.ToString(CultureInfo.InvariantCulture));
        }

        foreach (ExpositionFormat format in Scrape.TextFormats)
        {
            ParsedFamily family = Find(registry, format, format == ExpositionFormat.Text ? "mcp_test_total" : "mcp_test");

            Assert.Equal(expected, family.Samples.ToDictionary(sample => ParsedSample.KeyOf(sample.Labels), sample => sample.ValueText, StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Sum_of_durations_is_the_exact_decimal_number_of_seconds(int seed)
    {
        var random = new Random(Say(seed));
        foreach (long frequency in new[] { 1_000_000_000L, 10_000_000L, 1_000L, 1L })
        {
            for (int i = 0; i < 50; i++)
            {
                long ticks = i switch { 0 => 0, 1 => 1, 2 => long.MaxValue, 3 => frequency, _ => random.NextInt64(long.MaxValue) >> random.Next(63) };
                var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(frequency));
                registry.OperationWait.With("search").Observe(ticks);

                string sum = Assert.Single(Scrape.Samples(new MetricsPage(registry), ExpositionFormat.Text), sample => sample.Name == "mcp_operation_wait_seconds_sum").ValueText;

                Assert.Equal((decimal)ticks / frequency, decimal.Parse(sum, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
                Assert.False(sum.Contains('.', StringComparison.Ordinal) && sum.EndsWith('0'), $"{sum} is not in its shortest form.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Histogram_counts_every_duration_at_or_below_each_bound(int seed)
    {
        var random = new Random(Say(seed));
        var registry = new MetricsRegistry(new MetricsOptions { ExtraBuckets = [0.333, 3600] }, ClockOf.Ticks(10_000_000));
        long[] durations = [.. Enumerable.Range(0, 500).Select(_ => random.NextInt64(100_000_000_000) >> random.Next(37))];
        foreach (long duration in durations)
        {
            registry.OperationWait.With("search").Observe(duration);
        }

        foreach (ExpositionFormat format in Enum.GetValues<ExpositionFormat>())
        {
            ParsedSample[] buckets = [.. Scrape.Samples(new MetricsPage(registry), format).Where(sample => sample.Name == "mcp_operation_wait_seconds_bucket")];

            Assert.Equal(18, buckets.Length);
            foreach (ParsedSample bucket in buckets)
            {
                string le = bucket.Label("le")!;
                decimal bound = le == "+Inf" ? decimal.MaxValue : decimal.Parse(le, NumberStyles.Float, CultureInfo.InvariantCulture);
                Assert.Equal(durations.Count(duration => duration / 10_000_000m <= bound), bucket.Value);
            }
        }
    }

    private static MetricsRegistry Create(string service) =>
        new(new MetricsOptions { ServiceLabel = service }, ClockOf.Ticks(10_000_000));

    private static ParsedFamily Find(MetricsRegistry registry, ExpositionFormat format, string name) =>
        Assert.Single(Scrape.Families(new MetricsPage(registry), format), family => family.Name == name);

    private static string KeyOf(int i, string text, string service) =>
        ParsedSample.KeyOf([("number", $"{i}"), ("text", HostileText.AsSent(text)), ("mcp_service", HostileText.AsSent(service))]);

    private int Say(int seed)
    {
        output.WriteLine($"Seed {seed}");
        return seed;
    }
}
