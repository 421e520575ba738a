using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// A metric of somebody else's meter. Measurements come from the application's threads, at most <c>cap</c> series of them; it is written by the scrape, one
/// at a time.
/// </summary>
internal sealed class BridgedFamily
{
    private const int LongestHelp = 500;

    private readonly MeterBridge _bridge;
    private readonly InstrumentIdentity _identity;
    private readonly PrometheusName _name;
    private readonly string _help;
    private readonly BucketBounds? _bounds;
    private readonly double _lowest;
    private readonly bool _takesAnything;
    private readonly byte[]?[] _headers = new byte[LineSet.FormatCount][];

    private readonly Lock _adding = new();
    private readonly Dictionary<string, BridgedSeries> _byLabels = new(StringComparer.Ordinal);
    private TagTable<BridgedSeries> _byTags = new();
    private BridgedSeries[] _series = [];
    private int _count;
    private int _labelled;
    private BridgedSeries? _withoutTags;
    private BridgedSeries? _overflow;
    private Counter? _limited;
    private bool _isFull;
    private int _isLeavingOut;

    public BridgedFamily(MeterBridge bridge, Instrument instrument, InstrumentIdentity identity, PrometheusName name)
    {
        _bridge = bridge;
        _identity = identity;
        _name = name;
        _help = HelpOf(instrument);
        _bounds = identity.Kind == InstrumentKind.Histogram ? BucketBounds.Of(instrument) : null;
        IsObservable = instrument.IsObservable;
        _takesAnything = identity.Kind is InstrumentKind.Gauge or InstrumentKind.ObservableGauge or InstrumentKind.ObservableUpDownCounter;
        _lowest = Kind == MetricKind.Gauge || _bounds is { AreBelow0: true } ? double.MinValue : 0;
    }

    public MeterBridge Bridge => _bridge;

    public InstrumentIdentity Identity => _identity;

    public string Name => _name.Name;

    public MetricKind Kind => _identity.Kind.Family();

    public bool IsObservable { get; }

    /// <summary>Gets or sets how many instruments feed it; under the lock of the bridge.</summary>
    public int Instruments { get; set; }

    public void Record(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            if (value < _lowest || !Find(tags).TryRecord(value))
            {
                LeaveOut(value);
            }
        }
        catch (Exception fault)
        {
            _bridge.Errors.Report(InternalErrors.MeterBridge, fault);
        }
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            if (!(value >= _lowest && value <= double.MaxValue || _takesAnything) || !Find(tags).TryRecord(value))
            {
                LeaveOut(value);
            }
        }
        catch (Exception fault)
        {
            _bridge.Errors.Report(InternalErrors.MeterBridge, fault);
        }
    }

    public void Sample(SeriesSampler sampler)
    {
        foreach (BridgedSeries series in Snapshot())
        {
            if (!IsObservable || series.Collection == _bridge.Collected)
            {
                series.Sample(sampler, Name, Kind, isBorn: series.AbsentIn >= _bridge.Pass - 1);
            }
        }
    }

    public void Write(ExpositionWriter writer)
    {
        bool begun = false;
        foreach (BridgedSeries series in Snapshot())
        {
            if (IsObservable && series.Collection != _bridge.Collected)
            {
                continue;
            }

            if (!begun)
            {
                WriteHeader(writer);
                begun = true;
            }

            series.Write(writer, _name.Name);
        }

        if (begun)
        {
            writer.EndFamily();
        }
    }

    private ReadOnlySpan<BridgedSeries> Snapshot()
    {
        lock (_adding)
        {
            return _series.AsSpan(0, _count);
        }
    }

    private static string HelpOf(Instrument instrument)
    {
        string help = string.IsNullOrWhiteSpace(instrument.Description)
            ? $"Instrument {instrument.Name} of the meter {instrument.Meter.Name}, which does not describe it."
            : instrument.Description.ReplaceLineEndings("\n");
        return help.Length <= LongestHelp ? help : help[..(char.IsHighSurrogate(help[LongestHelp - 1]) ? LongestHelp - 1 : LongestHelp)];
    }

    private void WriteHeader(ExpositionWriter writer)
    {
        ref byte[]? header = ref _headers[(int)writer.Format];
        header ??= LineText.Header(_name.Name, Kind, _help, _name.Unit, writer.Format);
        writer.BeginFamily(header, Kind);
    }

    private void LeaveOut(double value) =>
        _bridge.LeftOut(_identity, value, isFirst: Interlocked.Exchange(ref _isLeavingOut, 1) == 0);

    private BridgedSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        BridgedSeries series;
        if (tags.IsEmpty)
        {
            series = Volatile.Read(ref _withoutTags) ?? Add(tags, hash: 0);
        }
        else if (tags.Length > TagTable<BridgedSeries>.MostTags)
        {
            series = Overflow();
        }
        else
        {
            ulong hash = TagTable<BridgedSeries>.Hash(tags);
            series = _byTags.Find(tags, hash) ?? Add(tags, hash);
        }

        if (IsObservable)
        {
            series.Collection = _bridge.Collection;
        }

        return series;
    }

    private BridgedSeries Add(ReadOnlySpan<KeyValuePair<string, object?>> tags, ulong hash)
    {
        // Not in the table is what nobody bounds or what may change: such a series is looked up by its labels each time.
        bool isKept = IsKept(tags);
        if (Volatile.Read(ref _isFull) && isKept && !tags.IsEmpty)
        {
            return Overflow();
        }

        TagLabels labels = TagLabels.Of(tags, Kind);
        lock (_adding)
        {
            if (!_byLabels.TryGetValue(labels.Key, out BridgedSeries? series))
            {
                if (labels.Key.Length > 0)
                {
                    if (_labelled >= _bridge.SeriesCap && !HasForgotten())
                    {
                        _isFull = !IsObservable;
                        return Overflow();
                    }

                    _labelled++;
                }

                series = Create(labels);
                _byLabels.Add(labels.Key, series);
            }

            if (tags.IsEmpty)
            {
                _withoutTags = series;
            }
            else if (isKept && _byTags.Count < 2 * _bridge.SeriesCap && _byTags.Find(tags, hash) is null)
            {
                _byTags.Add(tags, hash, series);
            }

            return series;
        }
    }

    /// <summary>
    /// Drops what an observable instrument has not reported in this collection, such as connections that are closed. Nothing is lost by it: what it reports
    /// later is there again with its value.
    /// </summary>
    private bool HasForgotten()
    {
        if (!IsObservable)
        {
            return false;
        }

        foreach ((string key, BridgedSeries series) in _byLabels)
        {
            if (series.Collection != _bridge.Collection && series != _overflow)
            {
                _byLabels.Remove(key);
                _labelled -= key.Length > 0 ? 1 : 0;
            }
        }

        if (_byLabels.Count == _count)
        {
            return false;
        }

        _byTags = new TagTable<BridgedSeries>();
        _withoutTags = null;
        _series = [.. _byLabels.Values];
        _count = _series.Length;
        return true;
    }

    private static bool IsKept(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (ref readonly KeyValuePair<string, object?> tag in tags)
        {
            if (!TagValue.IsKept(tag.Value))
            {
                return false;
            }
        }

        return true;
    }

    private BridgedSeries Overflow()
    {
        BridgedSeries overflow = Volatile.Read(ref _overflow) ?? CreateOverflow();
        _limited!.Increment();
        return overflow;
    }

    private BridgedSeries CreateOverflow()
    {
        lock (_adding)
        {
            if (_overflow is null)
            {
                _limited = _bridge.Limited(Name);
                if (!_byLabels.TryGetValue(TagLabels.Overflow.Key, out BridgedSeries? overflow))
                {
                    overflow = Create(TagLabels.Overflow);
                    _byLabels.Add(TagLabels.Overflow.Key, overflow);
                }

                Volatile.Write(ref _overflow, overflow);
            }

            return _overflow;
        }
    }

    private BridgedSeries Create(TagLabels labels)
    {
        // What is added up here begins here; what an observable instrument says of a series that it did not report before has happened since.
        int absentIn = IsObservable ? _bridge.CollectedPass : _bridge.Pass;
        BridgedSeries series = _identity.Kind switch
        {
            InstrumentKind.Histogram => new HistogramSeries(labels, _bounds!) { AbsentIn = absentIn },
            InstrumentKind.Counter or InstrumentKind.UpDownCounter => new SumSeries(labels, _identity.IsIntegral, Kind == MetricKind.Counter) { AbsentIn = absentIn },
            _ => new LastValueSeries(labels, _identity.IsIntegral) { AbsentIn = absentIn },
        };
        if (_count == _series.Length)
        {
            Array.Resize(ref _series, Math.Max(4, _series.Length * 2));
        }

        _series[_count++] = series;
        return series;
    }
}
