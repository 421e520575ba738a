using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Alerting.Rules.World;

/// <summary>Series that are sampled every 5 seconds from 0 on and kept for ever, each by its labels; counters begin at 0.</summary>
internal sealed class SteadySamples : ISeriesSource
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    public static readonly double[] Bounds = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

    private readonly Dictionary<string, List<SampledSeries>> _byMetric = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kept> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<SampledSeries, Kept> _kept = [];
    private int _samples;

    public TimeSpan Now => (_samples - 1) * Step;

    /// <summary>Gets or sets a metric whose reading fails.</summary>
    public string? Broken { get; set; }

    /// <summary>Adds to a counter.</summary>
    public void Count(MetricDefinition metric, double number, params string[] labels) => Find(metric, labels).Value += number;

    public void Set(MetricDefinition metric, double value, params string[] labels) => Find(metric, labels).Value = value;

    /// <summary>Adds observations to a histogram.</summary>
    public void Observe(MetricDefinition metric, double seconds, double number, params string[] labels)
    {
        Kept kept = Find(metric, labels);
        int bucket = Array.FindIndex(Bounds, bound => seconds <= bound);
        kept.Buckets![bucket < 0 ? Bounds.Length : bucket] += number;
        kept.Value += number;
        kept.Sum += number * seconds;
    }

    public void Sample()
    {
        _samples++;
        foreach (Kept kept in _kept.Values)
        {
            kept.Keep(_samples);
        }
    }

    public ReadOnlySpan<SampledSeries> Of(string metric)
    {
        if (metric == Broken)
        {
            throw new InvalidOperationException("The samples are broken.");
        }

        return _byMetric.TryGetValue(metric, out List<SampledSeries>? series) ? System.Runtime.InteropServices.CollectionsMarshal.AsSpan(series) : [];
    }

    public double Last(SampledSeries series) => ValueAt(series, TimeSpan.Zero);

    public double ValueAt(SampledSeries series, TimeSpan ago) => Place(ago) is >= 0 and var place ? _kept[series].Values[place] : double.NaN;

    public double Increase(SampledSeries series, TimeSpan window) => Increase(_kept[series].Values, window);

    public bool TryReadBuckets(SampledSeries series, TimeSpan window, Span<double> increases)
    {
        for (int i = 0; i < increases.Length; i++)
        {
            increases[i] = Increase(_kept[series].BucketValues![i], window);
        }

        return !double.IsNaN(increases[0]);
    }

    public double SumIncrease(SampledSeries series, TimeSpan window) => Increase(_kept[series].Sums!, window);

    IReadOnlyList<double> ISeriesSource.Bounds(string metric) => Bounds;

    public TimeSpan Covered(TimeSpan window) => Now < window ? Now : window;

    private double Increase(List<double> values, TimeSpan window)
    {
        int first = Math.Max(0, Place(window) + 1);
        while (first < _samples && double.IsNaN(values[first]))
        {
            first++;
        }

        int count = _samples - first;
        return count < 2 ? double.NaN : new Extrapolation(Now - window, first * Step, Now, Now, count).Increase(values[^1] - values[first], values[first]);
    }

    // The newest sample that is at least that old.
    private int Place(TimeSpan ago) => (int)Math.Floor((Now - ago) / Step);

    private Kept Find(MetricDefinition metric, string[] labels)
    {
        string key = metric.Name + '|' + string.Join('|', labels);
        if (_byKey.TryGetValue(key, out Kept? kept))
        {
            return kept;
        }

        List<SampledSeries> known = _byMetric.TryGetValue(metric.Name, out List<SampledSeries>? found) ? found : _byMetric[metric.Name] = [];
        var series = new SampledSeries(metric.Name, metric.Kind, metric.Labels, labels, known.Count);
        known.Add(series);

        // Our own counters have been there, at 0, from the start on.
        kept = new Kept(metric.Kind, _samples);
        _kept.Add(series, kept);
        return _byKey[key] = kept;
    }

    private sealed class Kept
    {
        private readonly bool _isHistogram;

        public Kept(MetricKind kind, int samples)
        {
            double before = kind == MetricKind.Gauge ? double.NaN : 0;
            _isHistogram = kind == MetricKind.Histogram;
            Values.AddRange(Enumerable.Repeat(before, samples));
            if (_isHistogram)
            {
                Buckets = new double[Bounds.Length + 1];
                BucketValues = [.. Buckets.Select(_ => Enumerable.Repeat(before, samples).ToList())];
                Sums = [.. Values];
            }
        }

        public double Value { get; set; }

        public double Sum { get; set; }

        public double[]? Buckets { get; }

        public List<double> Values { get; } = [];

        public List<double>[]? BucketValues { get; }

        public List<double>? Sums { get; }

        public void Keep(int samples)
        {
            Values.Add(Value);
            if (_isHistogram)
            {
                Sums!.Add(Sum);
                for (int i = 0; i < Buckets!.Length; i++)
                {
                    BucketValues![i].Add(Buckets[i]);
                }
            }
        }
    }
}
