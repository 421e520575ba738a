using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>Series found by their label values. Whoever records keeps the cell; looking one up takes a lock.</summary>
internal abstract class SeriesFamily<TCell>(MetricDefinition definition, OpenLabels openLabels, Func<TCell> create) : MetricFamily(definition)
    where TCell : class
{
    private readonly Dictionary<string, Series> _byKey = new(StringComparer.Ordinal);
    private Series[] _series = [];
    private int _count;

    /// <summary>Gets the cell of these label values, in the order of the definition; an open value past the cap becomes <c>_other</c>.</summary>
    public TCell With(params ReadOnlySpan<string> values)
    {
        if (values.Length != Definition.Labels.Length)
        {
            throw new ArgumentException($"{Definition.Name} has {Definition.Labels.Length} labels, not {values.Length}.", nameof(values));
        }

        string[] admitted = values.ToArray();
        for (int i = 0; i < admitted.Length; i++)
        {
            admitted[i] = openLabels.Admit(Definition, Definition.Labels[i], admitted[i]);
        }

        string key = LabelKey.Of(Definition.Labels, admitted);
        lock (_byKey)
        {
            if (_byKey.TryGetValue(key, out Series? known))
            {
                return known.Cell;
            }

            var added = new Series(admitted, create());
            _byKey.Add(key, added);
            if (_count == _series.Length)
            {
                Array.Resize(ref _series, Math.Max(4, _series.Length * 2));
            }

            _series[_count] = added;
            Volatile.Write(ref _count, _count + 1);
            return added.Cell;
        }
    }

    public override void Sample(SeriesSampler sampler)
    {
        int known = sampler.Begin(this);
        ReadOnlySpan<Series> all = Snapshot();
        for (int i = 0; i < all.Length; i++)
        {
            if (i >= known)
            {
                sampler.Introduce(all[i].Values);
            }

            SampleCell(sampler, all[i].Cell);
        }
    }

    protected override void WriteSeries(ExpositionWriter writer)
    {
        foreach (Series series in Snapshot())
        {
            ref LineSet? lines = ref series.Lines[(int)writer.Format];
            lines ??= Prepare(writer, series.Values);
            WriteCell(writer, lines, series.Cell);
        }
    }

    protected abstract LineSet Prepare(ExpositionWriter writer, string[] values);

    protected abstract void WriteCell(ExpositionWriter writer, LineSet lines, TCell cell);

    protected abstract void SampleCell(SeriesSampler sampler, TCell cell);

    protected IEnumerable<Measurement<T>> Measure<T>(Func<TCell, T> read)
        where T : struct
    {
        Series[] all = Snapshot().ToArray();
        return all.Select(series => new Measurement<T>(read(series.Cell), Tags(series.Values)));
    }

    private ReadOnlySpan<Series> Snapshot()
    {
        // The count first: an array read after it is at least as long.
        int count = Volatile.Read(ref _count);
        return Volatile.Read(ref _series).AsSpan(0, count);
    }

    private sealed class Series(string[] values, TCell cell)
    {
        public string[] Values { get; } = values;

        public TCell Cell { get; } = cell;

        public LineSet?[] Lines { get; } = new LineSet?[LineSet.FormatCount];
    }
}

internal sealed class CounterFamily(MetricDefinition definition, OpenLabels openLabels)
    : SeriesFamily<Counter>(definition, openLabels, static () => new Counter())
{
    public override IEnumerable<Measurement<long>> Counts() => Measure(static counter => counter.Value);

    protected override LineSet Prepare(ExpositionWriter writer, string[] values) => writer.Text.Single(Definition, values);

    protected override void WriteCell(ExpositionWriter writer, LineSet lines, Counter cell) => writer.Sample(lines, 0, cell.Value);

    protected override void SampleCell(SeriesSampler sampler, Counter cell) => sampler.Counter(cell.Value);
}

/// <summary>Counters of seconds; their cells count ticks of the clock.</summary>
internal sealed class SecondsFamily(MetricDefinition definition, OpenLabels openLabels, MonitoringClock clock)
    : SeriesFamily<Counter>(definition, openLabels, static () => new Counter())
{
    public override bool HasFractions => true;

    public override IEnumerable<Measurement<double>> Values() => Measure(counter => clock.ToSeconds(counter.Value));

    protected override LineSet Prepare(ExpositionWriter writer, string[] values) => writer.Text.Single(Definition, values);

    protected override void WriteCell(ExpositionWriter writer, LineSet lines, Counter cell) => writer.Sample(lines, 0, clock.ToSeconds(cell.Value));

    protected override void SampleCell(SeriesSampler sampler, Counter cell) => sampler.Counter(clock.ToSeconds(cell.Value));
}

internal sealed class GaugeFamily(MetricDefinition definition, OpenLabels openLabels)
    : SeriesFamily<Gauge>(definition, openLabels, static () => new Gauge())
{
    public override IEnumerable<Measurement<double>> Values() => Measure(static gauge => gauge.Value).Where(static measurement => !double.IsNaN(measurement.Value));

    protected override LineSet Prepare(ExpositionWriter writer, string[] values) => writer.Text.Single(Definition, values);

    protected override void WriteCell(ExpositionWriter writer, LineSet lines, Gauge cell)
    {
        if (cell.Value is var value && !double.IsNaN(value))
        {
            writer.Sample(lines, 0, value);
        }
    }

    protected override void SampleCell(SeriesSampler sampler, Gauge cell) => sampler.Gauge(cell.Value);
}

internal sealed class HistogramFamily(MetricDefinition definition, OpenLabels openLabels, LatencyBuckets buckets, Func<NativeBuckets?> newNativeBuckets)
    : SeriesFamily<Histogram>(definition, openLabels, () => new Histogram(buckets, newNativeBuckets()))
{
    protected override LineSet Prepare(ExpositionWriter writer, string[] values) =>
        writer.Text.Histogram(Definition, writer.Format, buckets, values);

    protected override void WriteCell(ExpositionWriter writer, LineSet lines, Histogram cell)
    {
        Span<long> native = cell.ReadNative(writer.NativeRoom);
        Span<long> counts = stackalloc long[buckets.Count];
        cell.ReadBuckets(counts);
        writer.Histogram(lines, 0, counts, exemplars: [], cell.Ticks, native);
    }

    public override IReadOnlyList<double> Bounds => buckets.Bounds;

    protected override void SampleCell(SeriesSampler sampler, Histogram cell)
    {
        Span<long> counts = stackalloc long[buckets.Count];
        cell.ReadBuckets(counts);
        sampler.Histogram(counts, cell.Ticks);
    }
}
