using System.Globalization;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Slo;

/// <summary>
/// All objectives and what was counted for them. Events are kept under the wall clock, since budgets outlive the process; when the clock is set, or the machine was asleep,
/// what was counted moves along and is as old as before. It belongs to the thread that samples.
/// </summary>
internal sealed class SloTracker
{
    public const int MostObjectives = 200;

    private const int MostLedgers = 1_000;
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(1);

    private readonly MetricsRegistry _registry;
    private readonly SloGauges _gauges;
    private readonly Counter _dropped;
    private readonly Dictionary<string, SloLedger> _ledgers = new(StringComparer.Ordinal);
    private readonly List<RootCounts> _operations = [];
    private readonly List<(SloDefinition Definition, OperationCells Operation)> _own = [];
    private readonly List<(string Slo, Fault Fault)> _faults = [];
    private IReadOnlyList<SloDefinition> _configured = [];
    private bool _countsToolErrors;
    private TimeSpan _sampledAt;
    private DateTime? _now;
    private IReadOnlyCollection<SloBucket>? _unread;
    private bool _isLoaded;

    public SloTracker(MetricsRegistry registry)
    {
        _registry = registry;
        _gauges = new SloGauges(registry);
        _dropped = registry.Dropped.With(InternalErrors.Alerting, "slo");
    }

    /// <summary>Gets the objectives; a list that changed is another list.</summary>
    public IReadOnlyList<Objective> Objectives { get; private set; } = [];

    /// <summary>Gets the objectives that cannot be judged, and why; it grows as operations appear.</summary>
    public IReadOnlyList<(string Slo, Fault Fault)> Faults => _faults;

    /// <summary>Sets the objectives of the configuration; those that operations have of their own are added. What was counted stays, also of those that are gone.</summary>
    /// <param name="definitions">The objectives.</param>
    /// <param name="countsToolErrors">Whether a tool's own error is bad for the availability of operations that say so themselves.</param>
    public void Configure(IReadOnlyList<SloDefinition> definitions, bool countsToolErrors)
    {
        _configured = definitions;
        _countsToolErrors = countsToolErrors;
        _own.Clear();
        foreach (RootCounts operation in _operations)
        {
            operation.Take(operation.Cells.Traits);
            AddOwn(operation.Cells);
        }

        Rebuild();
    }

    /// <summary>Finds out whether an objective can be judged: what is fast enough must be told from what is not by an edge of the histogram.</summary>
    public static Fault? Check(SloDefinition definition, IReadOnlyList<double> bounds) =>
        definition.Indicator.Kind == SloKind.Latency && !bounds.Contains(definition.Indicator.ThresholdSeconds)
            ? Fault.Of(
                "ThresholdMs",
                definition.Indicator.ThresholdSeconds * 1000,
                $"Set it to an edge of the latency histogram, {string.Join(", ", bounds.Select(bound => (bound * 1000).ToString("0.###", CultureInfo.InvariantCulture)))} ms, or restart to make it one.")
            : null;

    /// <summary>Counts what has happened since the last time.</summary>
    /// <param name="now">The time since the start, which no change of the clock moves.</param>
    /// <param name="utc">The wall clock.</param>
    public void Sample(TimeSpan now, DateTimeOffset utc)
    {
        if (_now is { } before)
        {
            TimeSpan jump = utc.UtcDateTime - before - (now - _sampledAt);
            if (jump.Duration() >= Jump)
            {
                Shift(jump);
            }
        }

        _now = utc.UtcDateTime;
        _sampledAt = now;
        ReadStored();
        Discover();
        foreach (RootCounts operation in _operations)
        {
            operation.Count(_now.Value);
        }

        foreach (SloLedger ledger in _ledgers.Values)
        {
            ledger.Trim(_now.Value);
        }

        _gauges.Set(Objectives);
    }

    /// <summary>Takes what must be stored: nothing until <see cref="Load"/>, or it would replace what is there.</summary>
    public IEnumerable<SloBucket> TakeChanged() =>
        _isLoaded ? [.. _ledgers.SelectMany(ledger => ledger.Value.TakeChanged(ledger.Key))] : [];

    /// <summary>Adds what a former run has counted; once.</summary>
    public void Load(IEnumerable<SloBucket> stored)
    {
        if (_unread is null && !_isLoaded)
        {
            _unread = [.. stored];
            ReadStored();
        }
    }

    private void ReadStored()
    {
        if (_unread is null || _now is not { } now)
        {
            return;
        }

        foreach (IGrouping<string, SloBucket> indicator in _unread.GroupBy(bucket => bucket.Indicator, StringComparer.Ordinal))
        {
            if (_ledgers.Count < MostLedgers || _ledgers.ContainsKey(indicator.Key))
            {
                Ledger(indicator.Key).Load(now, [.. indicator]);
            }
        }

        _unread = null;
        _isLoaded = true;
    }

    private void Shift(TimeSpan jump)
    {
        foreach (SloLedger ledger in _ledgers.Values)
        {
            ledger.Shift(jump);
        }
    }

    private void Discover()
    {
        ReadOnlySpan<OperationCells> all = _registry.Operations.All;
        bool isChanged = _operations.Count < all.Length;
        for (int i = 0; i < all.Length; i++)
        {
            if (i == _operations.Count)
            {
                _operations.Add(new RootCounts(all[i]));
            }

            RootCounts operation = _operations[i];
            if (operation.Traits != all[i].Traits)
            {
                operation.Take(all[i].Traits);
                AddOwn(all[i]);
                isChanged = true;
            }
        }

        if (isChanged)
        {
            Rebuild();
        }
    }

    private void AddOwn(OperationCells operation) =>
        _own.AddRange(OwnObjectives.Of(operation, _countsToolErrors).Select(definition => (definition, operation)));

    private void Rebuild()
    {
        var objectives = new List<Objective>();
        _faults.Clear();
        IEnumerable<(SloDefinition, LatencyBuckets)> own = _own.Select(own => (own.Definition, own.Operation.Buckets));
        foreach ((SloDefinition definition, LatencyBuckets buckets) in _configured.Select(definition => (definition, _registry.Buckets)).Concat(own))
        {
            if (Check(definition, buckets.Bounds) is { } fault)
            {
                _faults.Add((definition.Name, fault));
            }
            else if (objectives.Count < MostObjectives)
            {
                objectives.Add(Objectives.FirstOrDefault(known => known.Definition == definition)
                    ?? new Objective(definition, Ledger(definition.Indicator.Key), () => _now ?? DateTime.UnixEpoch));
            }
        }

        int missing = _configured.Count + _own.Count - _faults.Count - objectives.Count;
        _dropped.Add(Math.Max(0, missing - (int)_dropped.Value));
        Objectives = objectives.SequenceEqual(Objectives) ? Objectives : objectives;
        foreach (RootCounts operation in _operations)
        {
            operation.Ledgers.Clear();
            operation.Ledgers.AddRange(objectives.Select(objective => objective.Definition.Indicator).Distinct()
                .Where(indicator => indicator.IsOf(operation.Cells))
                .Select(indicator => (indicator, operation.Cells.Buckets.EdgeOf(indicator.ThresholdSeconds), Ledger(indicator.Key))));
        }
    }

    private SloLedger Ledger(string key)
    {
        if (!_ledgers.TryGetValue(key, out SloLedger? ledger))
        {
            ledger = new SloLedger();
            _ledgers.Add(key, ledger);
        }

        return ledger;
    }
}
