using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// The other meters of the process on our page. Listens from when monitoring is there until the host is disposed; measurements arrive on the application's
/// threads, the page is written by the scrape.
/// </summary>
internal sealed class MeterBridge : IDisposable
{
    public const int MostInstruments = 1000;

    private const int NotCollected = -1;

    private const string TooMany = "instruments";
    private const string NameTaken = "name_taken";
    private const string InvalidValue = "invalid_value";
    private const string Component = InternalErrors.MeterBridge;
    private static readonly TimeSpan LongestCollection = TimeSpan.FromSeconds(1);

    private readonly MetricsPage _page;
    private readonly MetricsRegistry _registry;
    private readonly MeterSelection _selection;
    private readonly ILogger _logger;
    private readonly MeterListener _listener = new();
    private readonly ObservableCollector _collector;
    private readonly Counter _invalid;

    private readonly Lock _changing = new();
    private readonly TakenNames _names;
    private readonly Dictionary<InstrumentIdentity, BridgedFamily> _byIdentity = [];
    private readonly HashSet<(string Name, bool IsLeftOut)> _logged = [];
    private readonly HashSet<InstrumentIdentity> _loggedAsInvalid = [];
    private BridgedFamily[] _families = [];
    private bool _isTooManyLogged;
    private int _instruments;
    private int _observables;
    private int _collection;
    private int _pass;
    private int _collectedPass = NotCollected;

    public MeterBridge(MetricsPage page, MeterSelection selection, InternalErrors errors, ILogger<MeterBridge> logger)
        : this(page, selection, errors, logger, LongestCollection)
    {
    }

    public MeterBridge(MetricsPage page, MeterSelection selection, InternalErrors errors, ILogger<MeterBridge> logger, TimeSpan longestCollection)
    {
        _page = page;
        _registry = page.Registry;
        _selection = selection;
        _logger = logger;
        Errors = errors;
        _names = new TakenNames(_registry.Prefix);
        _invalid = _registry.Dropped.With(Component, InvalidValue);
        _collector = new ObservableCollector(Observe, longestCollection);
        _listener.InstrumentPublished = Published;
        _listener.MeasurementsCompleted = static (_, state) =>
        {
            if (state is BridgedFamily family)
            {
                family.Bridge.Completed(family);
            }
        };
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => ((BridgedFamily)state!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => ((BridgedFamily)state!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((BridgedFamily)state!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((BridgedFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => ((BridgedFamily)state!).Record((double)value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((BridgedFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => ((BridgedFamily)state!).Record((double)value, tags));
    }

    public InternalErrors Errors { get; }

    /// <summary>Gets what is held by whoever collects and then reads: a scrape, or the sampler.</summary>
    public Lock Reading { get; } = new();

    public int SeriesCap => _registry.SeriesCap;

    /// <summary>Gets the names of the metrics that there are instruments of, measured or not.</summary>
    public IEnumerable<string> Metrics => Volatile.Read(ref _families).Select(family => family.Name);

    /// <summary>Gets the names of the meters whose instruments are taken.</summary>
    public IEnumerable<string> Meters => Volatile.Read(ref _families).Select(family => family.Identity.Meter).Distinct(StringComparer.Ordinal);

    /// <summary>Gets the latest collection: what observable instruments report belongs to it.</summary>
    public int Collection => Volatile.Read(ref _collection);

    /// <summary>Gets the collection that the page shows: the one made for it, or none.</summary>
    public int Collected { get; private set; }

    /// <summary>Gets the number of the sampler's latest pass, 0 before the first.</summary>
    public int Pass => Volatile.Read(ref _pass);

    /// <summary>Gets the pass before or in which observable instruments were last asked and all have answered, or -1.</summary>
    public int CollectedPass => Volatile.Read(ref _collectedPass);

    public void Start()
    {
        if (_selection.IsEmpty)
        {
            return;
        }

        _registry.Dropped.With(Component, TooMany);
        _registry.Dropped.With(Component, NameTaken);
        _page.Bridge = this;
        _listener.Start();
    }

    public Counter Limited(string metric) => _registry.LimitedSeries.With(metric);

    /// <summary>Counts a measurement that its type of metric may not have; on the thread that measured.</summary>
    public void LeftOut(InstrumentIdentity instrument, double value, bool isFirst)
    {
        _invalid.Increment();
        if (isFirst && IsNews(instrument))
        {
            Log.MeasurementLeftOut(_logger, value, instrument.Name, instrument.Meter, instrument.Kind switch
            {
                InstrumentKind.Histogram => "a histogram has numbers from 0 on, and others only if it advises bucket boundaries below 0",
                InstrumentKind.UpDownCounter => "a sum has finite numbers, in the range of its type",
                _ => "a counter has finite numbers from 0 on, and holds no more than its type does",
            });
        }
    }

    /// <summary>Reads the observable instruments.</summary>
    public void Collect()
    {
        if (Volatile.Read(ref _observables) == 0)
        {
            return;
        }

        if (!_collector.IsIdle)
        {
            Collected = NotCollected;
            Errors.Report(Component, new TimeoutException("An observable instrument has not answered since an earlier scrape; all of them are missing on this page."));
            return;
        }

        Volatile.Write(ref _collection, _collection + 1);
        Collected = _collection;
        if (_collector.Query())
        {
            Volatile.Write(ref _collectedPass, _pass);
        }
        else
        {
            Errors.Report(Component, new TimeoutException("An observable instrument does not answer; those that come after it are missing on this page."));
        }
    }

    /// <summary>Returns whether one of these names stands on the page, of our own or of another meter.</summary>
    public bool AreTaken(string[] names)
    {
        lock (_changing)
        {
            return _names.Has(names);
        }
    }

    public void Write(ExpositionWriter writer)
    {
        foreach (BridgedFamily family in Volatile.Read(ref _families))
        {
            family.Write(writer);
        }
    }

    /// <summary>Begins a pass of the sampler, which may be of nothing: what is born from now on was not there in it.</summary>
    public void BeginPass() => Volatile.Write(ref _pass, _pass + 1);

    /// <summary>Hands the metrics that a sampler wants to it, under <see cref="Reading"/>.</summary>
    public void Sample(SeriesSampler sampler)
    {
        BeginPass();
        BridgedFamily[] families = Volatile.Read(ref _families);
        bool isCollected = false;
        foreach (BridgedFamily family in families)
        {
            if (!sampler.Wants(family.Name))
            {
                continue;
            }

            if (family.IsObservable && !isCollected)
            {
                Collect();
                isCollected = true;
            }

            family.Sample(sampler);
        }
    }

    public void Dispose()
    {
        _page.Bridge = null;
        _listener.Dispose();
        _collector.Dispose();
    }

    // An instrument that is made again and again is told of once.
    private bool IsNews(InstrumentIdentity instrument)
    {
        lock (_changing)
        {
            return _loggedAsInvalid.Count < MostInstruments && _loggedAsInvalid.Add(instrument);
        }
    }

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException faults)
        {
            foreach (Exception fault in faults.InnerExceptions)
            {
                Errors.Report(Component, fault);
            }
        }
        catch (Exception fault)
        {
            Errors.Report(Component, fault);
        }
    }

    // Called by whoever creates the instrument: a failure of ours is not theirs.
    private void Published(Instrument instrument, MeterListener listener)
    {
        try
        {
            if (!_selection.Takes(instrument.Meter) || InstrumentKinds.Of(instrument) is not { } kind)
            {
                return;
            }

            // Neither the listener nor the log under our lock: the one calls back under a lock of its own, the other may do anything.
            BridgedFamily? family = TryAdd(instrument, kind, out Action? log);
            if (family is not null)
            {
                listener.EnableMeasurementEvents(instrument, family);
            }

            log?.Invoke();
        }
        catch (Exception fault)
        {
            Errors.Report(Component, fault);
        }
    }

    private BridgedFamily? TryAdd(Instrument instrument, InstrumentKind kind, out Action? log)
    {
        log = null;
        lock (_changing)
        {
            InstrumentIdentity identity = InstrumentIdentity.Of(instrument, kind);
            if (_instruments == MostInstruments)
            {
                _registry.Dropped.With(Component, TooMany).Increment();
                log = _isTooManyLogged ? null : () => Log.TooManyInstruments(_logger, MostInstruments, identity.Name, identity.Meter);
                _isTooManyLogged = true;
                return null;
            }

            if (!_byIdentity.TryGetValue(identity, out BridgedFamily? family))
            {
                family = Add(instrument, identity, out log);
            }

            if (family is not null)
            {
                _instruments++;
                family.Instruments++;
                _observables += family.IsObservable ? 1 : 0;
            }

            return family;
        }
    }

    private BridgedFamily? Add(Instrument instrument, InstrumentIdentity identity, out Action? log)
    {
        log = null;
        PrometheusName wanted = PrometheusName.Of(identity.Name, identity.Unit, identity.Kind);
        PrometheusName name = wanted;
        if (!_names.TryTake(name.Name, identity.Kind.Family()))
        {
            name = wanted.Within(identity.Meter);
            bool isLeftOut = !_names.TryTake(name.Name, identity.Kind.Family());
            if (_logged.Count < MostInstruments && _logged.Add((name.Name, isLeftOut)))
            {
                log = isLeftOut
                    ? () => Log.InstrumentLeftOut(_logger, identity.Name, identity.Meter, wanted.Name)
                    : () => Log.InstrumentRenamed(_logger, identity.Name, identity.Meter, wanted.Name, name.Name);
            }

            if (isLeftOut)
            {
                _registry.Dropped.With(Component, NameTaken).Increment();
                return null;
            }
        }

        var added = new BridgedFamily(this, instrument, identity, name);
        _byIdentity.Add(identity, added);
        Volatile.Write(ref _families, [.. _families.Append(added).OrderBy(family => family.Name, StringComparer.Ordinal)]);
        return added;
    }

    private void Completed(BridgedFamily family)
    {
        lock (_changing)
        {
            _instruments--;
            _observables -= family.IsObservable ? 1 : 0;
            if (--family.Instruments == 0)
            {
                _byIdentity.Remove(family.Identity);
                _names.Release(family.Name, family.Kind);
                Volatile.Write(ref _families, [.. _families.Where(other => other != family)]);
            }
        }
    }
}
