using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Reads what is measured of dependencies, caches and queues. Engine's thread.</summary>
internal sealed class DependencyNumbers(SeriesReader series)
{
    private const string DependencyLabel = "dependency", CacheLabel = "cache", QueueLabel = "queue", StateLabel = "state", OutcomeLabel = "outcome";

    private static readonly TimeSpan Hour = OperationNumbers.Hour;

    private readonly SortedDictionary<string, Found> _all = new(StringComparer.Ordinal);

    /// <summary>Reads them: what does not work first.</summary>
    public IReadOnlyList<DependencyView> Read()
    {
        ReadCalls(DependencyMetricNames.IntegrationCallDuration.Name);
        ReadCalls(DependencyMetricNames.DbQueryDuration.Name);
        Each(DependencyMetricNames.DependencyUp, DependencyLabel, static (found, value, _) => found.IsUp = value > 0);
        Each(DependencyMetricNames.CircuitBreakerState, DependencyLabel, static (found, value, known) => found.Breaker = value > 0 ? known.Label(StateLabel) : found.Breaker);
        Count(DependencyMetricNames.CircuitBreakerRejected, DependencyLabel, static (found, count, _) => found.Rejected += count);
        Count(DependencyMetricNames.RetryAttempts, DependencyLabel, static (found, count, _) => found.Retries += count);
        Each(DependencyMetricNames.DbConnections, DependencyLabel, static (found, value, known) => found.Connections = known.Label(StateLabel) == "used" ? value : found.Connections);
        Each(DependencyMetricNames.DbConnectionsMax, DependencyLabel, static (found, value, _) => found.MaxConnections = value);
        Each(DependencyMetricNames.DbConnectionsWaiting, DependencyLabel, static (found, value, _) => found.Waiting = value);
        Each(DependencyMetricNames.IntegrationSessions, DependencyLabel, static (found, value, known) => found.Sessions[known.Label(StateLabel)] = value);
        Count(DependencyMetricNames.CacheRequests, CacheLabel, static (found, count, known) => found.CountRead(known.Label("result"), count));
        return [.. _all.Select(entry => entry.Value.ToView(entry.Key)).OrderByDescending(Hurts)];
    }

    public IReadOnlyList<QueueView> ReadQueues()
    {
        var queues = new SortedDictionary<string, QueueView>(StringComparer.Ordinal);
        foreach (SampledSeries known in series.Of(DependencyMetricNames.QueueSize.Name))
        {
            if (series.Last(known) is var size && double.IsFinite(size))
            {
                queues[known.Label(QueueLabel)] = new QueueView(known.Label(QueueLabel), size, Capacity: null);
            }
        }

        foreach (SampledSeries known in series.Of(DependencyMetricNames.QueueCapacity.Name))
        {
            if (queues.TryGetValue(known.Label(QueueLabel), out QueueView? queue) && series.Last(known) is var capacity && double.IsFinite(capacity))
            {
                queues[queue.Name] = queue with { Capacity = capacity };
            }
        }

        return [.. queues.Values];
    }

    private static int Hurts(DependencyView view) =>
        view.IsUp == false || view.Breaker is "open" or "isolated" ? 3 : view.Breaker == "half_open" || view.WaitingForConnection > 0 ? 2 : view.Failed > 0 ? 1 : 0;

    private void ReadCalls(string metric)
    {
        foreach (SampledSeries known in series.Of(metric))
        {
            Found found = Of(known.Label(DependencyLabel));
            double count = series.Count(known, Hour);
            found.Calls += count;
            found.Failed += known.Label(OutcomeLabel) is "error" or "timeout" ? count : 0;
            if (known.Label(OutcomeLabel) == "success")
            {
                (found.Latencies ??= new LatencyTally(series, metric)).Add(known, Hour);
            }
        }
    }

    private void Each(MetricDefinition metric, string label, Action<Found, double, SampledSeries> take)
    {
        foreach (SampledSeries known in series.Of(metric.Name))
        {
            if (series.Last(known) is var value && double.IsFinite(value))
            {
                take(Of(known.Label(label)), value, known);
            }
        }
    }

    private void Count(MetricDefinition metric, string label, Action<Found, double, SampledSeries> take)
    {
        foreach (SampledSeries known in series.Of(metric.Name))
        {
            take(Of(known.Label(label)), series.Count(known, Hour), known);
        }
    }

    private Found Of(string name)
    {
        if (!_all.TryGetValue(name, out Found? found))
        {
            _all.Add(name, found = new Found());
        }

        return found;
    }

    private sealed class Found
    {
        private double _hits, _reads;

        public bool? IsUp { get; set; }

        public string? Breaker { get; set; }

        public double Rejected { get; set; }

        public double Calls { get; set; }

        public double Failed { get; set; }

        public double Retries { get; set; }

        public LatencyTally? Latencies { get; set; }

        public double? Connections { get; set; }

        public double? MaxConnections { get; set; }

        public double? Waiting { get; set; }

        public SortedDictionary<string, double> Sessions { get; } = new(StringComparer.Ordinal);

        public void CountRead(string result, double count)
        {
            _reads += count;
            _hits += result == "hit" ? count : 0;
        }

        public DependencyView ToView(string name) => new()
        {
            Name = name,
            IsUp = IsUp,
            Breaker = Breaker,
            Rejected = Rejected,
            Calls = Calls,
            Failed = Failed,
            Retries = Retries,
            P95 = Latencies?.Quantile(0.95),
            Connections = Connections,
            MaxConnections = MaxConnections,
            WaitingForConnection = Waiting,
            Sessions = Sessions,
            HitShare = _reads > 0 ? _hits / _reads : null,
        };
    }
}
