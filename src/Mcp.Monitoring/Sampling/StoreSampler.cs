using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Sampling;

/// <summary>Writes what families hand over into the newest cells of the banks.</summary>
/// <param name="banks">Where samples go.</param>
/// <param name="mostSeries">How many series are kept.</param>
/// <param name="dropped">Counts those that are not.</param>
internal sealed class StoreSampler(SampleBanks banks, int mostSeries, Counter dropped) : SeriesSampler
{
    private readonly Dictionary<string, SampledMetric> _metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<(MetricFamily Family, int List), SeriesList> _lists = [];
    private readonly Dictionary<string, Dictionary<string, StoredSeries?>> _foreign = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private SeriesList _list = new(null!, []);
    private int _series;

    public bool WantsAny => _wanted.Count > 0;

    public SampledMetric? Find(string metric) => _metrics.GetValueOrDefault(metric);

    public void Want(string metric) => _wanted.Add(metric);

    public override bool Wants(string metric) => _wanted.Contains(metric);

    public override int Begin(MetricFamily family, int list = 0)
    {
        if (!_lists.TryGetValue((family, list), out SeriesList? known))
        {
            MetricDefinition definition = family.Definition;
            known = new SeriesList(MetricOf(definition.Name, definition.Kind, family.Bounds, isForeign: false, family.HasFractions), definition.Labels);
            _lists.Add((family, list), known);
        }

        _list = known;
        _list.Next = 0;
        return _list.Series.Count;
    }

    public override void Introduce(params string[] values) => _list.Series.Add(TryAdd(_list.Metric, _list.Labels, values));

    public override void Counter(long value)
    {
        if (Next() is not { } series || (value == 0 && !series.HasCells))
        {
            return;
        }

        if (!series.HasCells)
        {
            series.Cell = banks.Counters.Take(1);
        }

        banks.Counters.Newest(series.Cell, 1)[0] = value;
    }

    public override void Counter(double value)
    {
        if (Next() is not { } series)
        {
            return;
        }

        bool isNew = !series.HasCells;
        Number(series, value);
        if (isNew)
        {
            banks.Numbers.Backfill(series.Cell, 0);
        }
    }

    public override void Gauge(double value)
    {
        if (Next() is { } series)
        {
            Number(series, value);
        }
    }

    public override void Histogram(ReadOnlySpan<long> counts, long ticks)
    {
        if (Next() is { } series && Observed(series, counts))
        {
            if (series.SumCell == StoredSeries.NoCell)
            {
                series.SumCell = banks.Sums.Take();
            }

            banks.Sums.Newest(series.SumCell) = ticks;
        }
    }

    public override void Other(string metric, MetricKind kind, string[] names, string[] values, string key, double value, bool isBorn)
    {
        if (Foreign(metric, kind, [], names, values, key) is not { } series)
        {
            return;
        }

        bool isNew = !series.HasCells;
        Number(series, value);
        if (isNew && isBorn && kind == MetricKind.Counter && series.HasCells)
        {
            banks.Numbers.Backfill(series.Cell, 0);
        }
    }

    public override void Other(
        string metric, IReadOnlyList<double> bounds, string[] names, string[] values, string key, ReadOnlySpan<long> counts, double sum, bool isBorn)
    {
        if (counts.Length > CountBank.MostCells || Foreign(metric, MetricKind.Histogram, bounds, names, values, key) is not { } series)
        {
            return;
        }

        bool isNew = !series.HasCells;
        if (!Observed(series, counts))
        {
            return;
        }

        if (isNew)
        {
            series.SumCell = banks.Numbers.Take();
            banks.Numbers.Backfill(series.SumCell, isBorn ? 0 : sum);
        }

        if (isNew && !isBorn)
        {
            // Nobody knows when it counted what it has.
            banks.Buckets.Backfill(series.Cell, counts);
            banks.Totals.Backfill(series.TotalCell, banks.Totals.Newest(series.TotalCell, 1));
        }

        banks.Numbers.Newest(series.SumCell) = sum;
    }

    private StoredSeries? Next() => _list.Series[_list.Next++];

    private void Number(StoredSeries series, double value)
    {
        if (!series.HasCells)
        {
            if (double.IsNaN(value))
            {
                return;
            }

            series.Cell = banks.Numbers.Take();
        }

        banks.Numbers.Newest(series.Cell) = value;
    }

    private bool Observed(StoredSeries series, ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        if (total == 0 && !series.HasCells)
        {
            return false;
        }

        if (!series.HasCells)
        {
            series.Cell = banks.Buckets.Take(counts.Length);
            series.TotalCell = banks.Totals.Take(1);
        }

        counts.CopyTo(banks.Buckets.Newest(series.Cell, counts.Length));
        banks.Totals.Newest(series.TotalCell, 1)[0] = total;
        return true;
    }

    private StoredSeries? Foreign(string metric, MetricKind kind, IReadOnlyList<double> bounds, string[] names, string[] values, string key)
    {
        if (!_foreign.TryGetValue(metric, out Dictionary<string, StoredSeries?>? byKey))
        {
            byKey = new Dictionary<string, StoredSeries?>(StringComparer.Ordinal);
            _foreign.Add(metric, byKey);
        }

        if (!byKey.TryGetValue(key, out StoredSeries? series))
        {
            SampledMetric known = MetricOf(metric, kind, bounds, isForeign: true, hasFractions: kind == MetricKind.Counter);

            // An instrument of the same name may have come in the place of one that is gone.
            bool isSame = known.Kind == kind && known.Bounds.Count == bounds.Count;
            series = isSame ? TryAdd(known, names, values) : null;
            if (series is not null || byKey.Count < mostSeries)
            {
                byKey.Add(key, series);
            }
        }

        return series is null || series.Buckets == bounds.Count + 1 ? series : null;
    }

    private SampledMetric MetricOf(string name, MetricKind kind, IReadOnlyList<double> bounds, bool isForeign, bool hasFractions)
    {
        if (!_metrics.TryGetValue(name, out SampledMetric? metric))
        {
            metric = new SampledMetric(name, kind, bounds, isForeign, hasFractions);
            _metrics.Add(name, metric);
        }

        return metric;
    }

    private StoredSeries? TryAdd(SampledMetric metric, string[] names, string[] values)
    {
        if (_series == mostSeries)
        {
            dropped.Increment();
            return null;
        }

        _series++;
        return metric.Add(names, values);
    }

    /// <summary>A list of a family; a series that was dropped keeps its place in it.</summary>
    private sealed class SeriesList(SampledMetric metric, string[] labels)
    {
        public SampledMetric Metric => metric;

        public string[] Labels => labels;

        public List<StoredSeries?> Series { get; } = [];

        public int Next { get; set; }
    }
}
