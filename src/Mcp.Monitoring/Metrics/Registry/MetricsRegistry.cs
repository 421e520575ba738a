using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>Every metric of this host, one registry per host. Recording never waits for a scrape.</summary>
internal sealed class MetricsRegistry
{
    private readonly OpenLabels _openLabels;
    private readonly LatencyBuckets _buckets;
    private readonly LineText _text;
    private readonly ProtobufText _protobufText;
    private readonly Lock _adding = new();
    private MetricFamily[] _families = [];

    public MetricsRegistry(MetricsOptions options, MonitoringClock clock)
    {
        _openLabels = new OpenLabels(options.SeriesCap);
        _buckets = new LatencyBuckets(options.ExtraBuckets, clock.Frequency);
        QueryBuckets = LatencyBuckets.ForQueries(options.ExtraBuckets, clock.Frequency);
        Prefix = options.Prefix;
        _text = new LineText(options.Prefix, options.ServiceLabel);
        _protobufText = new ProtobufText(options.Prefix, options.ServiceLabel);
        Clock = clock;
        StartedAt = clock.UtcNow;
        HasNativeHistograms = options.NativeHistograms;
        Operations = new OperationMetrics(
            clock,
            _buckets,
            new HistogramFamily(MetricNames.OperationWait, _openLabels, _buckets, NewNativeBuckets),
            options.SlowSeconds,
            options.Exemplars,
            NewNativeBuckets);
        OperationWait = Operations.Waits;
        Add(new OperationsFamily(Operations));
        Add(new OperationDurationFamily(Operations));
        Add(OperationWait);
        ActiveRequests = Gauge(MetricNames.ActiveRequests);
        ActiveRequestAge = Gauge(MetricNames.ActiveRequestAge);
        Add(new ErrorsFamily(Operations));
        Add(new OperationInfoFamily(Operations));
        Add(new LastSuccessFamily(Operations));
        Gauge(MetricNames.Streams).With().Source = () => Streams.Count;
        UnknownOperations = Counter(MetricNames.UnknownOperations);
        MonitoringErrors = Counter(MetricNames.MonitoringErrors);
        Dropped = Counter(MetricNames.Dropped);
        LimitedSeries = Counter(MetricNames.LimitedSeries);
        LimitedSeries.With(MetricNames.Operations.Name);
        _openLabels.Limited = metric => LimitedSeries.With(metric).Increment();
        foreach (OperationType type in OperationLabels.Types)
        {
            ActiveRequests.With(type.Label()).Source = () => Operations.InProgress(type);
        }
    }

    public MonitoringClock Clock { get; }

    /// <summary>Gets when monitoring started in this process.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Gets whether histograms of durations have native buckets too, and the format that carries them is served.</summary>
    public bool HasNativeHistograms { get; }

    public OperationMetrics Operations { get; }

    public HistogramFamily OperationWait { get; }

    public GaugeFamily ActiveRequests { get; }

    public GaugeFamily ActiveRequestAge { get; }

    public OpenStreams Streams { get; } = new();

    public CounterFamily UnknownOperations { get; }

    public CounterFamily MonitoringErrors { get; }

    public CounterFamily Dropped { get; }

    public CounterFamily LimitedSeries { get; }

    public int SeriesCap => _openLabels.Cap;

    public IReadOnlyList<MetricFamily> Families => Volatile.Read(ref _families);

    /// <summary>Gets or sets who is told of families declared later; set once, by the meter.</summary>
    public Action<MetricFamily>? Added { get; set; }

    public LatencyBuckets Buckets => _buckets;

    /// <summary>Gets the buckets of databases and caches.</summary>
    public LatencyBuckets QueryBuckets { get; }

    public string Prefix { get; }

    /// <summary>Declares a counter; called once, by the code that feeds it.</summary>
    public CounterFamily Counter(MetricDefinition definition) => Add(new CounterFamily(definition, _openLabels));

    public GaugeFamily Gauge(MetricDefinition definition) => Add(new GaugeFamily(definition, _openLabels));

    public HistogramFamily Histogram(MetricDefinition definition, LatencyBuckets? buckets = null) => Add(new HistogramFamily(definition, _openLabels, buckets ?? _buckets, NewNativeBuckets));

    /// <summary>Declares a counter of seconds, which is fed with ticks of the clock.</summary>
    public SecondsFamily Seconds(MetricDefinition definition) => Add(new SecondsFamily(definition, _openLabels, Clock));

    /// <summary>Brings a value of an open label under the cap that all its metrics share.</summary>
    public string Admit(MetricDefinition metric, string label, string value) => _openLabels.Admit(metric, label, value);

    /// <summary>Creates a writer for this registry's text; it serves one scrape at a time.</summary>
    public ExpositionWriter CreateWriter() => new(_text, _protobufText, Clock.Frequency);

    /// <summary>Writes every family, one scrape at a time.</summary>
    public void Write(ExpositionWriter writer)
    {
        foreach (MetricFamily family in Volatile.Read(ref _families))
        {
            family.Write(writer);
        }
    }

    private NativeBuckets? NewNativeBuckets() => HasNativeHistograms ? new NativeBuckets(Clock.Frequency) : null;

    private TFamily Add<TFamily>(TFamily family)
        where TFamily : MetricFamily
    {
        lock (_adding)
        {
            _families = [.. _families, family];
        }

        Added?.Invoke(family);
        return family;
    }
}
