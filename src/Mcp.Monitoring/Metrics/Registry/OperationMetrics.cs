using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<(string OperationType, string Operation, string Dependency), ErrorCells> _errorsByLabels = new();
    private readonly Lock _addingErrors = new();
    private ErrorCells[] _errors = [];

    public OperationMetrics(MonitoringClock clock, LatencyBuckets buckets, HistogramFamily waits, double slowSeconds, bool exemplars, Func<NativeBuckets?> native)
    {
        _clock = clock;
        Waits = waits;
        Buckets = buckets;
        Exemplars = exemplars;
        ExemplarInterval = clock.ToTicks(ExemplarEvery);
        SlowSeconds = slowSeconds;
        NewNativeBuckets = native;
    }

    /// <summary>Gets what makes native buckets, or <see langword="null"/> where nobody wants them.</summary>
    public Func<NativeBuckets?> NewNativeBuckets { get; }

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

    /// <summary>Gets the errors that are not among the cells of an operation, in the order in which they came.</summary>
    public ReadOnlySpan<ErrorCells> Errors => Volatile.Read(ref _errors);

    /// <summary>Finds the errors of a route, by values that are under the caps of their labels; any thread.</summary>
    public ErrorCells ErrorsOfRoute(string name, string dependency = OperationLabels.None) => ErrorsOf(ErrorCells.Http, name, dependency);

    /// <summary>Finds the errors of an operation that come from a dependency; any thread.</summary>
    public ErrorCells ErrorsOf(Operation operation, string dependency) => ErrorsOf(operation.Type.Label(), operation.Name, dependency);

    private ErrorCells ErrorsOf(string operationType, string operation, string dependency)
    {
        (string OperationType, string Operation, string Dependency) labels = (operationType, operation, dependency);
        if (_errorsByLabels.TryGetValue(labels, out ErrorCells? known))
        {
            return known;
        }

        lock (_addingErrors)
        {
            if (!_errorsByLabels.TryGetValue(labels, out known))
            {
                known = new ErrorCells(this, operationType, operation, dependency);
                Volatile.Write(ref _errors, [.. _errors, known]);
                _errorsByLabels[labels] = known;
            }

            return known;
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
