using System.Globalization;
using System.Text;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Tests.Sampling;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>Random series with resets and gaps have the same increases, rates, ratios, quantiles and fractions in Prometheus and here.</summary>
public sealed class ValueParityTests(ValueParityTests.Imported imported) : IClassFixture<ValueParityTests.Imported>
{
    public static TheoryData<int, int> Evaluations() => new MatrixTheoryData<int, int>([31, 47, 58, 64], [73, 311, 1_207]);

    [Theory]
    [MemberData(nameof(Evaluations))]
    public async Task Increases_and_rates_are_the_same(int minute, int seconds)
    {
        (ImportedPrometheus prometheus, SeriesHistory history, TimeSpan now, TimeSpan window) = await imported.AtAsync(minute, seconds);

        var increases = await prometheus.QueryAsync($"increase(calls_total[{seconds}s])", now, "n");
        var rates = await prometheus.QueryAsync($"rate(calls_total[{seconds}s])", now, "n");

        int compared = 0;
        foreach (SampledSeries series in history.Of("calls_total"))
        {
            double own = history.Increase(series, window);
            string n = series.Label("n");
            Assert.Equal(increases.ContainsKey(n), !double.IsNaN(own));
            if (!double.IsNaN(own) && !imported.Counters[series.Index].IsDisputed(now - window, now))
            {
                Same(increases[n], own, series);
                Same(rates[n], own / seconds, series);
                compared++;
            }
        }

        Assert.InRange(compared, Imported.CounterCount * 2 / 3, Imported.CounterCount);
    }

    [Theory]
    [MemberData(nameof(Evaluations))]
    public async Task Ratios_of_sums_are_the_same(int minute, int seconds)
    {
        (ImportedPrometheus prometheus, SeriesHistory history, TimeSpan now, TimeSpan window) = await imported.AtAsync(minute, seconds);

        var ratios = await prometheus.QueryAsync(
            $"sum by (group) (rate(calls_total{{kind=\"bad\"}}[{seconds}s])) / sum by (group) (rate(calls_total[{seconds}s]))", now, "group");

        int compared = 0;
        foreach (var group in history.Of("calls_total").ToArray().GroupBy(series => series.Label("group"), StringComparer.Ordinal))
        {
            if (group.Any(series => imported.Counters[series.Index].IsDisputed(now - window, now)))
            {
                continue;
            }

            double all = Sum(group);
            double bad = Sum(group.Where(series => series.Label("kind") == "bad"));
            Same(ratios.GetValueOrDefault(group.Key, double.NaN), bad / all, group.First());
            compared++;
        }

        Assert.True(compared > 20, $"Only {compared} were compared.");

        double Sum(IEnumerable<SampledSeries> series)
        {
            double[] known = [.. series.Select(one => history.Increase(one, window)).Where(increase => !double.IsNaN(increase))];
            return known.Length == 0 ? double.NaN : known.Sum();
        }
    }

    [Theory]
    [MemberData(nameof(Evaluations))]
    public async Task Quantiles_and_fractions_of_histograms_are_the_same(int minute, int seconds)
    {
        (ImportedPrometheus prometheus, SeriesHistory history, TimeSpan now, TimeSpan window) = await imported.AtAsync(minute, seconds);

        int compared = 0;
        foreach (double quantile in (double[])[0.123, 0.51, 0.949, 0.9901])
        {
            var quantiles = await prometheus.QueryAsync(string.Create(CultureInfo.InvariantCulture, $"histogram_quantile({quantile}, rate(time_bucket[{seconds}s]))"), now, "n");
            Compare(quantiles, increases => BucketQuantile.Of(quantile, Imported.Bounds, increases));
        }

        var fractions = await prometheus.QueryAsync(
            $"increase(time_bucket{{le=\"0.2\"}}[{seconds}s]) / ignoring(le) increase(time_bucket{{le=\"+Inf\"}}[{seconds}s])", now, "n");
        Compare(fractions, increases => BucketFraction.Below(0.2, Imported.Bounds, increases));
        Assert.InRange(compared, Imported.HistogramCount * 2, Imported.HistogramCount * 5);

        void Compare(Dictionary<string, double> expected, Func<double[], double> evaluate)
        {
            double[] increases = new double[Imported.Bounds.Length + 1];
            foreach (SampledSeries series in history.Of("time"))
            {
                if (!history.TryReadBuckets(series, window, increases))
                {
                    Assert.False(expected.ContainsKey(series.Label("n")));
                }
                else if (!imported.Histograms[series.Index].Any(bucket => bucket.IsDisputed(now - window, now)))
                {
                    Same(expected[series.Label("n")], evaluate(increases), series);
                    compared++;
                }
            }
        }
    }

    private static void Same(double expected, double actual, SampledSeries series) =>
        Assert.True(
            expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-9 * Math.Abs(expected),
            string.Create(CultureInfo.InvariantCulture, $"{series} is {expected:R} in Prometheus and {actual:R} here."));

    public sealed class Imported : IAsyncDisposable
    {
        public const int CounterCount = 1_000;
        public const int HistogramCount = 120;
        public static readonly double[] Bounds = [0.01, 0.05, 0.1, 0.2, 0.5, 1, 5];

        private static readonly TimeSpan Start = TimeSpan.FromSeconds(1_700_006_400);
        private static readonly TimeSpan End = Start + TimeSpan.FromMinutes(66);

        private readonly SeriesHistory _history = new();
        private readonly string _text;
        private Task<ImportedPrometheus>? _prometheus;

        public Imported()
        {
            var random = new Random(20_26);
            var text = new StringBuilder("# TYPE calls counter\n");
            for (int n = 0; n < CounterCount; n++)
            {
                var counter = RandomSeries.Counter(random, RandomSeries.Instants(random, Start, End));
                (string kind, string group) = (n % 4 == 0 ? "bad" : "good", string.Create(CultureInfo.InvariantCulture, $"{n / 8}"));
                SampledSeries series = _history.Add("calls_total", MetricKind.Counter, ("n", $"{n}"), ("kind", kind), ("group", group));
                counter.Write(text, "calls_total", $"n=\"{n}\",kind=\"{kind}\",group=\"{group}\"");
                foreach ((TimeSpan at, double value) in counter.Samples)
                {
                    _history.Record(series, at, value);
                }

                Counters.Add(counter);
            }

            for (int n = 0; n < HistogramCount; n++)
            {
                List<RandomSeries> buckets = RandomSeries.Buckets(random, RandomSeries.Instants(random, Start, End), Bounds.Length + 1);
                SampledSeries series = _history.AddHistogram("time", Bounds, ("n", $"{n}"));
                for (int i = 0; i < buckets.Count; i++)
                {
                    string bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    buckets[i].Write(text, "time_bucket", $"n=\"{n}\",le=\"{bound}\"");
                }

                for (int at = 0; at < buckets[0].Samples.Count; at++)
                {
                    double[] upTo = [.. buckets.Select(bucket => bucket.Samples[at].Value)];
                    _history.RecordHistogram(series, buckets[0].Samples[at].At, [.. upTo.Select((value, i) => i == 0 ? value : value - upTo[i - 1])], sum: 0);
                }

                Histograms.Add(buckets);
            }

            _text = text.Append("# EOF\n").ToString();
        }

        internal List<RandomSeries> Counters { get; } = [];

        internal List<List<RandomSeries>> Histograms { get; } = [];

        /// <summary>Starts Prometheus if it has not been, in the first test: that is skipped where there is none.</summary>
        internal async Task<(ImportedPrometheus Prometheus, SeriesHistory History, TimeSpan Now, TimeSpan Window)> AtAsync(int minute, int seconds)
        {
            _prometheus ??= ImportedPrometheus.StartAsync(_text);
            _history.Now = Start + TimeSpan.FromMinutes(minute);
            return (await _prometheus, _history, _history.Now, TimeSpan.FromSeconds(seconds));
        }

        public async ValueTask DisposeAsync()
        {
            if (_prometheus is { IsCompletedSuccessfully: true })
            {
                await (await _prometheus).DisposeAsync();
            }
        }
    }
}
