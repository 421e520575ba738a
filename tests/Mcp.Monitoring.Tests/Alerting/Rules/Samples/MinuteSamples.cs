using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Series that were sampled each minute, up to the one that is now; the burn rates among them are those of objectives.</summary>
internal sealed class MinuteSamples : ISeriesSource, IObjectiveSource
{
    /// <summary>How many calls an objective had, and bad ones, with the labels of its burn rate; many where samples do not say.</summary>
    public const string Calls = "mcp_slo_calls", BadCalls = "mcp_slo_bad_calls";

    public const double UsualCalls = 1_000, UsualBadCalls = 100;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, SampledSeries[]> _byMetric = new(StringComparer.Ordinal);
    private readonly Dictionary<SampledSeries, SampleSeries> _samples = [];

    public MinuteSamples(IReadOnlyList<SampleSeries> series)
    {
        foreach (IGrouping<string, SampleSeries> metric in series.GroupBy(one => one.Metric, StringComparer.Ordinal))
        {
            _byMetric[metric.Key] = [.. metric.Select((one, index) =>
            {
                var sampled = new SampledSeries(one.Metric, one.Kind, [.. one.Pairs.Select(pair => pair.Name)], [.. one.Pairs.Select(pair => pair.Value)], index);
                _samples[sampled] = one;
                return sampled;
            })];
        }

        Objectives = [.. Of("mcp_slo_burn_rate").ToArray().GroupBy(one => (one.Label("slo"), one.Label("kind"))).Select(rates => new SampledObjective(this, rates.Key.Item1, rates.Key.Item2, [.. rates]))];
    }

    public int Minute { get; set; }

    public TimeSpan Now => Minute * Step;

    public IReadOnlyList<IObjective> Objectives { get; }

    public ReadOnlySpan<SampledSeries> Of(string metric) => _byMetric.GetValueOrDefault(metric, []);

    public double Last(SampledSeries series) => ValueAt(series, TimeSpan.Zero);

    public double ValueAt(SampledSeries series, TimeSpan ago) => (int)Math.Floor((Now - ago) / Step) is >= 0 and var minute ? _samples[series].Values[minute] : double.NaN;

    public double Increase(SampledSeries series, TimeSpan window) => Increase(_samples[series].Values, window);

    public bool TryReadBuckets(SampledSeries series, TimeSpan window, Span<double> increases)
    {
        double[][] buckets = _samples[series].Buckets;
        for (int i = 0; i < increases.Length; i++)
        {
            increases[i] = Increase(buckets[i], window);
        }

        return !double.IsNaN(increases[0]);
    }

    public double SumIncrease(SampledSeries series, TimeSpan window) => double.NaN;

    public IReadOnlyList<double> Bounds(string metric) => SampleSeries.Bounds;

    public TimeSpan Covered(TimeSpan window) => Now < window ? Now : window;

    private double Increase(double[] values, TimeSpan window)
    {
        int first = Math.Max(0, (int)Math.Floor((Now - window) / Step) + 1);
        int count = Minute + 1 - first;
        return count < 2 ? double.NaN : new Extrapolation(Now - window, first * Step, Now, Now, count).Increase(values[Minute] - values[first], values[first]);
    }

    /// <summary>An objective that has had enough calls, with the burn rates that are on the page.</summary>
    private sealed class SampledObjective(MinuteSamples samples, string name, string kind, SampledSeries[] rates) : IObjective
    {
        public string Name => name;

        public SloKind Kind => kind == "latency" ? SloKind.Latency : SloKind.Availability;

        public double Target => 0.99;

        public double ThresholdSeconds => 0.2;

        public string OperationType => "";

        public string Operation => "";

        public double MinimumCalls => 50;

        public double MinimumFailures => 5;

        public (double Calls, double Bad) Events(TimeSpan window) => (Count(MinuteSamples.Calls, window, UsualCalls), Count(BadCalls, window, UsualBadCalls));

        // What is of the last half minute is not on the page: there the last minute stands for it, or the last five.
        public double BurnRate(TimeSpan window)
        {
            string[] windows = window < TimeSpan.FromMinutes(5) ? ["1m", "5m"] : [Text(window)];
            return windows.Select(text => Array.Find(rates, rate => rate.Label("window") == text)).FirstOrDefault(rate => rate is not null) is { } found ? samples.Last(found) : double.NaN;
        }

        private double Count(string metric, TimeSpan window, double usual) =>
            samples.Of(metric).ToArray().FirstOrDefault(one => one.Label("slo") == name && one.Label("kind") == kind && one.Label("window") == Text(window)) is { } given ? samples.Last(given) : usual;

        private static string Text(TimeSpan window) => Mcp.Monitoring.Alerting.Rules.Expressions.PromQL.Text(window);
    }
}
