using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>The bridge and OpenTelemetry's SDK hear the same measurements; every series, value, bucket, count and sum is the same.</summary>
public sealed class SdkAgreementTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Methods = ["GET", "POST", "a \"quoted\" one", "back\\slash", "two\nlines", "погода 😀"];
    private readonly BridgedPage _page = new();

    public static IEnumerable<TheoryDataRow<int>> Seeds() => SeedRows.Of(5, random: 2);

    public void Dispose() => _page.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_measurements_on_every_kind_of_instrument_agree(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var sdk = new SdkReader(_page.Meter.Name);
        Action<Random>[] measures = [.. Recording<byte>(n => (byte)Math.Abs(n)), .. Recording<short>(n => (short)n), .. Recording(n => n), .. Recording<long>(n => n * 1_000_003L), .. Recording(n => n / 64f), .. Recording(n => n / 1024.0)];
        Observed observed = new();
        Observe<byte>(observed, n => (byte)Math.Abs(n));
        Observe<short>(observed, n => (short)n);
        Observe(observed, n => n);
        Observe<long>(observed, n => n * 1_000_003L);
        Observe(observed, n => n / 64f);
        Observe(observed, n => n / 1024.0);

        for (int collection = 0; collection < 4; collection++)
        {
            for (int i = 0; i < 500; i++)
            {
                measures[random.Next(measures.Length)](random);
            }

            observed.Values = [.. Enumerable.Range(0, random.Next(4)).Select(i => (random.Next(-1000, 1000), new KeyValuePair<string, object?>("i", i)))];
            Agree(sdk.Collect());
        }
    }

    [Theory]
    [InlineData(new double[] { })]
    [InlineData(new double[] { 1 })]
    [InlineData(new double[] { -10, 0, 0.1, 1, 1e300 })]
    [InlineData(new[] { double.NegativeInfinity, -1, 2, double.PositiveInfinity })]
    public void Advised_buckets_agree_at_and_around_each_bound(double[] bounds)
    {
        using var sdk = new SdkReader(_page.Meter.Name);
        Histogram<double> histogram = _page.Meter.CreateHistogram("h", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
        Histogram<double> standard = _page.Meter.CreateHistogram<double>("standard");
        foreach (double value in (double[])[.. bounds.Where(double.IsFinite), 0, 5, 10, 10_000])
        {
            foreach (double near in (double[])[value, double.BitIncrement(value), double.BitDecrement(value)])
            {
                if (near >= 0 || bounds.Any(bound => bound < 0))
                {
                    histogram.Record(near);
                }

                if (near >= 0)
                {
                    standard.Record(near);
                }
            }
        }

        Agree(sdk.Collect(), onlyInfiniteBucketIsOurs: bounds.Length == 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public void Values_that_are_no_ordinary_numbers_agree(double value)
    {
        using var sdk = new SdkReader(_page.Meter.Name);

        _page.Meter.CreateHistogram<double>("h").Record(value);
        _page.Meter.CreateCounter<double>("c").Add(value);
        _page.Meter.CreateUpDownCounter<double>("u").Add(value);
        _page.Meter.CreateGauge<double>("g").Record(value);
        _page.Meter.CreateObservableCounter("oc", () => value);
        _page.Meter.CreateObservableGauge("og", () => value);

        Agree(sdk.Collect());
    }

    // A gauge may be anything. The SDK also takes them for counters and histograms, whose page no strict reader then reads.
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1)]
    public void Values_that_only_a_gauge_may_have_agree(double value)
    {
        using var sdk = new SdkReader(_page.Meter.Name);

        _page.Meter.CreateGauge<double>("g").Record(value);
        _page.Meter.CreateObservableGauge("og", () => value);
        _page.Meter.CreateObservableUpDownCounter("ou", () => value);

        Agree(sdk.Collect());
    }

    [Fact]
    public void Advice_of_other_numbers_agrees()
    {
        using var sdk = new SdkReader(_page.Meter.Name);

        _page.Meter.CreateHistogram("l", null, null, null, new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 10, long.MaxValue] }).Record(10);
        _page.Meter.CreateHistogram("i", null, null, null, new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 10] }).Record(11);
        _page.Meter.CreateHistogram("s", null, null, null, new InstrumentAdvice<short> { HistogramBucketBoundaries = [1, 10] }).Record(1);
        _page.Meter.CreateHistogram("b", null, null, null, new InstrumentAdvice<byte> { HistogramBucketBoundaries = [1, 10] }).Record(2);
        _page.Meter.CreateHistogram("f", null, null, null, new InstrumentAdvice<float> { HistogramBucketBoundaries = [0.1f, 1.5f] }).Record(0.1f);

        Agree(sdk.Collect());
    }

    private IEnumerable<Action<Random>> Recording<T>(Func<int, T> number)
        where T : struct
    {
        string type = typeof(T).Name;
        Counter<T> counter = _page.Meter.CreateCounter<T>($"counter.{type}", "By");
        UpDownCounter<T> upDown = _page.Meter.CreateUpDownCounter<T>($"up.down.{type}", "{thing}");
        Gauge<T> gauge = _page.Meter.CreateGauge<T>($"gauge.{type}", "%");
        Histogram<T> histogram = _page.Meter.CreateHistogram<T>($"histogram.{type}", "ms");
        return
        [
            random => counter.Add(number(random.Next(1000)), Tags(random)),
            random => upDown.Add(number(random.Next(-1000, 1000)), Tags(random)),
            random => gauge.Record(number(random.Next(-1000, 1000)), Tags(random)),
            random => histogram.Record(number(random.Next(12_000)), Tags(random)),
        ];
    }

    private void Observe<T>(Observed observed, Func<int, T> number)
        where T : struct
    {
        string type = typeof(T).Name;
        _page.Meter.CreateObservableCounter($"observed.counter.{type}", () => Read(Math.Abs), "s");
        _page.Meter.CreateObservableUpDownCounter($"observed.up.down.{type}", () => Read(static n => n));
        _page.Meter.CreateObservableGauge($"observed.gauge.{type}", () => Read(static n => n), "Cel");

        IEnumerable<Measurement<T>> Read(Func<int, int> sign) => observed.Values.Select(value => new Measurement<T>(number(sign(value.Number)), value.Tag));
    }

    private static KeyValuePair<string, object?>[] Tags(Random random)
    {
        KeyValuePair<string, object?>[] all =
        [
            new("http.request.method", Methods[random.Next(Methods.Length)]), new("status", random.Next(200, 203)), new("is.error", random.Next(2) == 0),
            new("long", (long)random.Next(2)),
        ];
        KeyValuePair<string, object?>[] tags = all[..random.Next(all.Length + 1)];
        random.Shuffle(tags);
        return tags;
    }

    private void Agree(SortedDictionary<string, double> expected, bool onlyInfiniteBucketIsOurs = false)
    {
        SortedDictionary<string, double> actual = new(
            _page.Families().SelectMany(family => family.Samples).ToDictionary(sample => SdkReader.Series(sample.Name, sample.Labels), sample => sample.Value, StringComparer.Ordinal),
            StringComparer.Ordinal);
        if (onlyInfiniteBucketIsOurs)
        {
            // The SDK has no bucket at all then; a Prometheus histogram has one always.
            Assert.True(actual.Remove("h_seconds_bucket{le=+Inf}"));
        }

        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key]));
        Assert.NotEmpty(_page.Text(ExpositionFormat.OpenMetrics));
    }

    private sealed class Observed
    {
        public (int Number, KeyValuePair<string, object?> Tag)[] Values { get; set; } = [];
    }
}
