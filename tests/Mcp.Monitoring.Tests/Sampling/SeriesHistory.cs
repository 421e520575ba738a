using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>Series of given samples at given instants, with resets and gaps; a sample that is NaN says that the series ended, as Prometheus' stale marker does.</summary>
internal sealed class SeriesHistory : ISeriesSource
{
    private readonly Dictionary<string, SampledSeries[]> _byMetric = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _bounds = new(StringComparer.Ordinal);
    private readonly Dictionary<SampledSeries, Kept> _kept = [];

    public TimeSpan Now { get; set; }

    public SampledSeries Add(string metric, MetricKind kind, params (string Name, string Value)[] labels) => Add(metric, kind, lists: 1, labels);

    public SampledSeries AddHistogram(string metric, double[] bounds, params (string Name, string Value)[] labels)
    {
        _bounds[metric] = bounds;
        return Add(metric, MetricKind.Histogram, bounds.Length + 1, labels);
    }

    /// <summary>Adds a sample, later than those before, and makes its instant the present.</summary>
    public void Record(SampledSeries series, TimeSpan at, double value)
    {
        _kept[series].Values[0].Add(at, value);
        Now = at > Now ? at : Now;
    }

    /// <summary>Adds a sample of a histogram: how many observations each bucket has had on its own, and their sum.</summary>
    public void RecordHistogram(SampledSeries series, TimeSpan at, ReadOnlySpan<double> counts, double sum)
    {
        Kept kept = _kept[series];
        double below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            kept.Values[i].Add(at, below);
        }

        kept.Sum.Add(at, sum);
        Now = at > Now ? at : Now;
    }

    public ReadOnlySpan<SampledSeries> Of(string metric) => _byMetric.TryGetValue(metric, out SampledSeries[]? series) ? series : [];

    public double Last(SampledSeries series) => ValueAt(series, TimeSpan.Zero);

    public double ValueAt(SampledSeries series, TimeSpan ago) => _kept[series].Values[^1].At(Now - ago);

    public double Increase(SampledSeries series, TimeSpan window) => _kept[series].Values[^1].Increase(Now - window, Now);

    public bool TryReadBuckets(SampledSeries series, TimeSpan window, Span<double> increases)
    {
        List<Samples> values = _kept[series].Values;
        if (increases.Length != values.Count)
        {
            return false;
        }

        double below = 0;
        for (int i = 0; i < increases.Length; i++)
        {
            double upTo = values[i].Increase(Now - window, Now);
            increases[i] = upTo - below;
            below = upTo;
        }

        return !double.IsNaN(below);
    }

    public double SumIncrease(SampledSeries series, TimeSpan window) => _kept[series].Sum.Increase(Now - window, Now);

    public IReadOnlyList<double> Bounds(string metric) => _bounds.GetValueOrDefault(metric, []);

    public TimeSpan Covered(TimeSpan window)
    {
        TimeSpan first = _kept.Values.Select(kept => kept.Values[0].First).DefaultIfEmpty(Now).Min();
        TimeSpan since = Now - first;
        return since < TimeSpan.Zero ? TimeSpan.Zero : since < window ? since : window;
    }

    private SampledSeries Add(string metric, MetricKind kind, int lists, (string Name, string Value)[] labels)
    {
        SampledSeries[] known = _byMetric.GetValueOrDefault(metric, []);
        var series = new SampledSeries(metric, kind, [.. labels.Select(label => label.Name)], [.. labels.Select(label => label.Value)], known.Length);
        _byMetric[metric] = [.. known, series];
        _kept.Add(series, new Kept([.. Enumerable.Range(0, lists).Select(_ => new Samples())], new Samples()));
        return series;
    }

    private sealed record Kept(List<Samples> Values, Samples Sum);

    private sealed class Samples
    {
        private readonly List<(TimeSpan At, double Value)> _all = [];

        public TimeSpan First => _all.Count == 0 ? TimeSpan.MaxValue : _all[0].At;

        public void Add(TimeSpan at, double value)
        {
            if (_all.Count > 0 && at <= _all[^1].At)
            {
                throw new ArgumentException($"A sample at {at} is not later than the one before.", nameof(at));
            }

            _all.Add((at, value));
        }

        public double At(TimeSpan instant)
        {
            int last = _all.FindLastIndex(sample => sample.At <= instant);
            return last < 0 ? double.NaN : _all[last].Value;
        }

        public double Increase(TimeSpan start, TimeSpan end)
        {
            (TimeSpan At, double Value)[] seen = [.. _all.Where(sample => sample.At > start && sample.At <= end && !double.IsNaN(sample.Value))];
            if (seen.Length < 2)
            {
                return double.NaN;
            }

            double increase = seen[^1].Value - seen[0].Value;
            for (int i = 1; i < seen.Length; i++)
            {
                increase += seen[i].Value < seen[i - 1].Value ? seen[i - 1].Value : 0;
            }

            return new Extrapolation(start, seen[0].At, seen[^1].At, end, seen.Length).Increase(increase, seen[0].Value);
        }
    }
}
