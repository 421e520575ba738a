using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Meters.Registries;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Sampling;

/// <summary>
/// Samples of the registry: each for 5 minutes, one a minute for an hour, and of counters one in 5 minutes for 25 hours. Our own cells never fall, so the first and the
/// last sample of a window tell its increase. It belongs to the thread that samples, and takes no memory once all series are known.
/// </summary>
internal sealed class SampleStore : ISeriesSource
{
    public const int MostSeries = 50_000;

    private const int MostRanges = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private static readonly HashSet<string> Own = new(MetricCatalogue.All.Select(known => known.Name), StringComparer.Ordinal);

    private readonly MetricsPage _page;
    private readonly InternalErrors _errors;
    private readonly SampleBanks _banks;
    private readonly StoreSampler _sampler;

    // Most that is asked of one sample is of the same few windows.
    private readonly SampleRange[] _ranges = new SampleRange[MostRanges];
    private int _rangeCount;
    private int _range;
    private bool _wantsOthers;

    public SampleStore(MetricsPage page, InternalErrors errors, TimeSpan sampleInterval, int mostSeries = MostSeries)
    {
        _page = page;
        _errors = errors;
        _banks = new SampleBanks(sampleInterval);
        _sampler = new StoreSampler(_banks, mostSeries, _page.Registry.Dropped.With(InternalErrors.Alerting, "series"));
    }

    public TimeSpan Now { get; private set; } = TimeSpan.MinValue;

    /// <summary>Gets the names of all metrics that somebody may feed, whether there are series of them or not.</summary>
    public IEnumerable<string> Metrics => _page.Names;

    /// <summary>Asks for a metric of somebody else's meter, by its name on the page.</summary>
    public void Want(string metric)
    {
        _sampler.Want(metric);
        _wantsOthers |= !Own.Contains(metric);
    }

    /// <summary>Takes a sample of every series.</summary>
    /// <param name="now">The instant, later than those before.</param>
    public void Sample(TimeSpan now)
    {
        if (now <= Now)
        {
            return;
        }

        _banks.Numbers.Forget();
        IReadOnlyList<MetricFamily> families = _page.Registry.Families;
        for (int i = 0; i < families.Count; i++)
        {
            SampleFamily(families[i]);
        }

        if (_page.Bridge is { } bridge)
        {
            SampleOthers(bridge);
        }

        if (_wantsOthers && _page.HostRegistries is { } registries)
        {
            SampleRegistries(registries);
        }

        _banks.Keep(now);
        Now = now;
        _rangeCount = 0;
    }

    public ReadOnlySpan<SampledSeries> Of(string metric) => _sampler.Find(metric) is { } known ? known.Series : [];

    public IReadOnlyList<double> Bounds(string metric) => _sampler.Find(metric)?.Bounds ?? [];

    public double Last(SampledSeries series)
    {
        var stored = (StoredSeries)series;
        return !stored.HasCells ? stored.Unused
            : stored.IsNumber ? _banks.Numbers.Newest(stored.Cell)
            : stored.Kind == MetricKind.Counter ? _banks.Counters.Newest(stored.Cell, 1)[0]
            : _banks.Totals.Newest(stored.TotalCell, 1)[0];
    }

    public double ValueAt(SampledSeries series, TimeSpan ago)
    {
        if (ago <= TimeSpan.Zero)
        {
            return Last(series);
        }

        var stored = (StoredSeries)series;
        for (int tier = 0; tier <= stored.LastTier; tier++)
        {
            int count = _banks.Tiers[tier].CountUpTo(Now - ago);
            if (count > 0)
            {
                return At(stored, tier, _banks.Tiers[tier].Slot(count - 1));
            }
        }

        return double.NaN;
    }

    public double Increase(SampledSeries series, TimeSpan window)
    {
        var stored = (StoredSeries)series;
        int tier = TierOf(window, stored.LastTier);
        if (stored.IsNumber)
        {
            return stored.HasCells ? IncreaseOfNumber(stored, tier, window) : double.NaN;
        }

        ref readonly SampleRange range = ref Range(tier, window);
        if (!range.IsKnown || !stored.HasCells)
        {
            return range.IsKnown ? stored.Unused : double.NaN;
        }

        ReadOnlySpan<long> newest;
        ReadOnlySpan<uint> first;
        if (stored.Kind == MetricKind.Counter)
        {
            _banks.Counters.Read(tier, range.Slot, stored.Cell, 1, out newest, out first);
        }
        else if (tier == SampleBanks.Coarse)
        {
            _banks.Totals.Read(tier, range.Slot, stored.TotalCell, 1, out newest, out first);
        }
        else
        {
            _banks.Buckets.Read(tier, range.Slot, stored.Cell, stored.Buckets, out newest, out first);
        }

        return range.IncreaseOfAll(newest, first);
    }

    public bool TryReadBuckets(SampledSeries series, TimeSpan window, Span<double> increases)
    {
        var stored = (StoredSeries)series;
        int tier = TierOf(window, SampleBanks.Middle);
        ref readonly SampleRange range = ref Range(tier, window);
        if (stored.Kind != MetricKind.Histogram || !range.IsKnown || increases.Length != stored.Buckets || (stored.IsForeign && !stored.HasCells))
        {
            return false;
        }

        if (!stored.HasCells)
        {
            increases.Clear();
            return true;
        }

        _banks.Buckets.Read(tier, range.Slot, stored.Cell, increases.Length, out ReadOnlySpan<long> newest, out ReadOnlySpan<uint> first);
        range.IncreaseOfBuckets(newest, first, increases);
        return true;
    }

    public double SumIncrease(SampledSeries series, TimeSpan window)
    {
        var stored = (StoredSeries)series;
        int tier = TierOf(window, SampleBanks.Middle);
        ref readonly SampleRange range = ref Range(tier, window);
        if (stored.Kind != MetricKind.Histogram || !range.IsKnown || !stored.HasCells)
        {
            return stored.Kind == MetricKind.Histogram && range.IsKnown ? stored.Unused : double.NaN;
        }

        if (stored.IsForeign)
        {
            double sum = _banks.Numbers.At(tier, range.Slot, stored.SumCell);
            return range.Increase(_banks.Numbers.Newest(stored.SumCell) - sum, sum);
        }

        long ticks = _banks.Sums.At(tier, range.Slot, stored.SumCell);
        MonitoringClock clock = _page.Registry.Clock;
        return range.Increase(clock.ToSeconds(_banks.Sums.Newest(stored.SumCell) - ticks), clock.ToSeconds(ticks));
    }

    public TimeSpan Covered(TimeSpan window)
    {
        SampleTier tier = _banks.Tiers[TierOf(window, SampleBanks.Coarse)];
        return tier.Count == 0 ? TimeSpan.Zero : tier.Covered(Now - window, Now);
    }

    private int TierOf(TimeSpan window, int last)
    {
        int tier = 0;
        while (tier < last && window > _banks.Tiers[tier].Span)
        {
            tier++;
        }

        return tier;
    }

    private double At(StoredSeries series, int tier, int slot)
    {
        if (!series.HasCells)
        {
            return series.Unused;
        }

        if (series.IsNumber)
        {
            return _banks.Numbers.At(tier, slot, series.Cell);
        }

        if (series.Kind == MetricKind.Counter)
        {
            return _banks.Counters.ValueAt(tier, slot, series.Cell);
        }

        if (tier == SampleBanks.Coarse)
        {
            return _banks.Totals.ValueAt(tier, slot, series.TotalCell);
        }

        double total = 0;
        for (int i = 0; i < series.Buckets; i++)
        {
            total += _banks.Buckets.ValueAt(tier, slot, series.Cell + i);
        }

        return total;
    }

    /// <summary>Walks through the samples: a counter of somebody else's may be absent for a while, or begin anew.</summary>
    private double IncreaseOfNumber(StoredSeries series, int tier, TimeSpan window)
    {
        SampleTier samples = _banks.Tiers[tier];
        double increase = 0;
        double first = double.NaN;
        double last = double.NaN;
        TimeSpan firstAt = default;
        TimeSpan lastAt = default;
        int count = 0;
        for (int i = samples.CountUpTo(Now - window); i <= samples.Count; i++)
        {
            bool isNewest = i == samples.Count;
            TimeSpan at = isNewest ? Now : samples.Instant(i);
            double value = isNewest ? _banks.Numbers.Newest(series.Cell) : _banks.Numbers.At(tier, samples.Slot(i), series.Cell);
            if (double.IsNaN(value) || (isNewest && lastAt == Now && count > 0))
            {
                continue;
            }

            if (count++ == 0)
            {
                first = value;
                firstAt = at;
            }
            else
            {
                increase += value < last ? value : value - last;
            }

            last = value;
            lastAt = at;
        }

        return count < 2 ? double.NaN : new Extrapolation(Now - window, firstAt, lastAt, Now, count).Increase(increase, first);
    }

    private ref readonly SampleRange Range(int tier, TimeSpan window)
    {
        if (_range < _rangeCount && _ranges[_range].Is(tier, window))
        {
            return ref _ranges[_range];
        }

        for (int i = 0; i < _rangeCount; i++)
        {
            if (_ranges[i].Is(tier, window))
            {
                _range = i;
                return ref _ranges[i];
            }
        }

        _range = _rangeCount < MostRanges ? _rangeCount++ : MostRanges - 1;
        _ranges[_range] = SampleRange.Of(_banks.Tiers[tier], tier, window, Now);
        return ref _ranges[_range];
    }

    private void SampleFamily(MetricFamily family)
    {
        try
        {
            family.Sample(_sampler);
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Alerting, fault);
        }
    }

    private void SampleRegistries(HostRegistries registries)
    {
        try
        {
            registries.Sample(_sampler);
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Alerting, fault);
        }
    }

    private void SampleOthers(MeterBridge bridge)
    {
        if (!_sampler.WantsAny)
        {
            bridge.BeginPass();
            return;
        }

        // A scrape that is busy with the instruments of others is not waited for; what is missing now is absent.
        if (!bridge.Reading.TryEnter(LongestWait))
        {
            return;
        }

        try
        {
            bridge.Sample(_sampler);
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Alerting, fault);
        }
        finally
        {
            bridge.Reading.Exit();
        }
    }
}
