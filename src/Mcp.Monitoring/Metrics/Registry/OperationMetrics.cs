using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>The cells of every operation of this host, and what they share.</summary>
internal sealed class OperationMetrics
{
    /// <summary>The number of families that are written from an operation's cells.</summary>
    public const int FamilyCount = 5;

    private static readonly TimeSpan ExemplarEvery = TimeSpan.FromSeconds(1);

    private readonly MonitoringClock _clock;
    private OperationCells[] _all = [];
    private int _count;
    private RouteErrors[] _routes = [];

    public OperationMetrics(MonitoringClock clock, LatencyBuckets buckets, HistogramFamily waits, double slowSeconds, bool exemplars)
    {
        _clock = clock;
        Waits = waits;
        Buckets = buckets;
        Exemplars = exemplars;
        ExemplarInterval = clock.ToTicks(ExemplarEvery);
        SlowSeconds = slowSeconds;
    }

    /// <summary>Gets the buckets that all operations share.</summary>
    public LatencyBuckets Buckets { get; }

    public HistogramFamily Waits { get; }

    public bool Exemplars { get; }

    public long ExemplarInterval { get; }

    /// <summary>Gets the target: each slower call is kept as an exemplar.</summary>
    public long SlowTicks { get; private set; }

    /// <summary>Sets that target.</summary>
    public double SlowSeconds
    {
        set => SlowTicks = Exemplars ? _clock.ToTicks(TimeSpan.FromSeconds(value)) : long.MaxValue;
    }

    public ReadOnlySpan<OperationCells> All
    {
        get
        {
            int count = Volatile.Read(ref _count);
            return Volatile.Read(ref _all).AsSpan(0, count);
        }
    }

    public ReadOnlySpan<RouteErrors> Routes => Volatile.Read(ref _routes);

    /// <summary>Finds the errors of a route by its name, which is under the cap of its label; any thread.</summary>
    public RouteErrors ErrorsOfRoute(string name)
    {
        while (true)
        {
            RouteErrors[] routes = Volatile.Read(ref _routes);
            if (Array.Find(routes, route => route.Name == name) is { } known)
            {
                return known;
            }

            var added = new RouteErrors(this, name);
            if (Interlocked.CompareExchange(ref _routes, [.. routes, added], routes) == routes)
            {
                return added;
            }
        }
    }

    /// <summary>Creates the cells of an operation; called under the catalogue's lock.</summary>
    public OperationCells Create(OperationType type, string name)
    {
        var cells = new OperationCells(this, type, name);
        if (_count == _all.Length)
        {
            Array.Resize(ref _all, Math.Max(16, _all.Length * 2));
        }

        _all[_count] = cells;
        Volatile.Write(ref _count, _count + 1);
        return cells;
    }

    public Histogram WaitsOf(string operation) => Waits.With(operation);

    public long InProgress(OperationType type)
    {
        long sum = 0;
        foreach (OperationCells cells in All)
        {
            sum += cells.Type == type ? cells.InProgress : 0;
        }

        return sum;
    }

    public Exemplar? CreateExemplar(OperationContext context, long ticks, long end) =>
        Exemplar.From(context, ticks, _clock.ToUnixSeconds(end));

    /// <summary>Replaces an error's exemplar unless the one it has is fresh: a storm of errors costs nothing more.</summary>
    public void KeepErrorExemplar(ref Exemplar? slot, OperationContext context)
    {
        double now = (_clock.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
        if (Volatile.Read(ref slot) is not { } last || Math.Abs(now - last.UnixSeconds) >= ExemplarEvery.TotalSeconds)
        {
            Volatile.Write(ref slot, Exemplar.From(context, ticks: 0, now));
        }
    }

    public double UnixSeconds(long timestamp) => _clock.ToUnixSeconds(timestamp);
}
