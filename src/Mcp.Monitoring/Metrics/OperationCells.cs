using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics;

/// <summary>
/// The numbers of one operation. In progress is started minus ended, an outcome is the sum of its buckets: three updates for a success,
/// the usual ones in the first cache line.
/// </summary>
internal sealed class OperationCells : Operation
{
    private const int StartedCell = 0;
    private const int LastSuccessCell = 1;
    private const int SuccessTicksCell = 2;
    private const int SuccessBucketsCell = 3;

    // Behind the successes, on lines of their own.
    private const int ErrorTicks = 0;
    private const int UntimedSuccesses = 1;
    private const int ErrorBuckets = 8;

    private readonly OperationMetrics _owner;
    private readonly StripedCells _cells;
    private readonly LatencyBuckets _buckets;
    private readonly int _slowBucket;
    private readonly int _errorCells;
    private long _nextExemplar;
    private long _nextErrorExemplar;
    private readonly long[] _errors = new long[OperationLabels.ErrorOutcomes.Count * OperationLabels.ErrorTypes.Count];
    private readonly Exemplar?[] _errorExemplars;
    private readonly Exemplar?[] _successExemplars;
    private readonly Exemplar?[] _failureExemplars;

    public OperationCells(OperationMetrics owner, OperationType type, string name)
        : base(type, name)
    {
        _owner = owner;
        _buckets = owner.Buckets;
        _slowBucket = owner.Exemplars ? owner.SlowBucket : int.MaxValue;
        _nextExemplar = owner.Exemplars ? long.MinValue : long.MaxValue;
        _nextErrorExemplar = _nextExemplar;
        _errorCells = StripedCells.RoundUpToLine(SuccessBucketsCell + _buckets.Count);
        _cells = new StripedCells(_errorCells + ErrorBuckets + _buckets.Count);
        _errorExemplars = new Exemplar?[_errors.Length];
        _successExemplars = new Exemplar?[_buckets.Count];
        _failureExemplars = new Exemplar?[_buckets.Count];
        Lines = new LineSet?[OperationMetrics.FamilyCount * LineSet.FormatCount];
    }

    /// <summary>Gets the prepared text of this operation's lines, by family and format; filled by the scrape, under its lock.</summary>
    public LineSet?[] Lines { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Started() => Interlocked.Increment(ref _cells.Own());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Ended(OperationOutcome outcome, long activeTicks, long end, OperationContext? context)
    {
        if (outcome != OperationOutcome.Success)
        {
            EndedOtherwise(outcome, activeTicks, end, context);
            return;
        }

        ref long own = ref _cells.Own();
        int bucket = _buckets.IndexOf(activeTicks);
        Interlocked.Add(ref Unsafe.Add(ref own, SuccessTicksCell), activeTicks);
        Interlocked.Increment(ref Unsafe.Add(ref own, SuccessBucketsCell + bucket));
        Unsafe.Add(ref own, LastSuccessCell) = end;
        if (end >= _nextExemplar || bucket >= _slowBucket)
        {
            KeepExemplar(bucket, activeTicks, end, context);
        }
    }

    public override void CountUntimed(OperationOutcome outcome)
    {
        ref long own = ref _cells.Own();
        Interlocked.Increment(ref own);
        Interlocked.Increment(ref Unsafe.Add(ref own, OutcomeCell(outcome)));
    }

    public override void CountError(ErrorType type, OperationOutcome outcome, OperationContext? context)
    {
        int index = ErrorCell(type, outcome);
        Interlocked.Increment(ref _errors[index]);
        if (context is not null && _nextErrorExemplar != long.MaxValue)
        {
            _owner.KeepErrorExemplar(ref _errorExemplars[index], context);
        }
    }

    public override void WaitStarted() => _owner.WaitsOf(Name);

    public override void Waited(long ticks) => _owner.WaitsOf(Name).Observe(ticks);

    public long SuccessTicks => _cells.Sum(SuccessTicksCell);

    public long FailureTicks => _cells.Sum(_errorCells + ErrorTicks);

    public long SuccessBucket(int bucket) => _cells.Sum(SuccessBucketsCell + bucket);

    public long FailureBucket(int bucket) => _cells.Sum(_errorCells + ErrorBuckets + bucket);

    public Exemplar? SuccessExemplar(int bucket) => Volatile.Read(ref _successExemplars[bucket]);

    public Exemplar? FailureExemplar(int bucket) => Volatile.Read(ref _failureExemplars[bucket]);

    public long Errors(ErrorType type, OperationOutcome outcome) => Volatile.Read(ref _errors[ErrorCell(type, outcome)]);

    public Exemplar? ErrorExemplar(ErrorType type, OperationOutcome outcome) => Volatile.Read(ref _errorExemplars[ErrorCell(type, outcome)]);

    /// <summary>Gets the timestamp of the last success, or 0.</summary>
    public long LastSuccess => _cells.Max(LastSuccessCell);

    public long Ended(OperationOutcome outcome)
    {
        long ended = _cells.Sum(OutcomeCell(outcome));
        if (outcome == OperationOutcome.Success)
        {
            for (int bucket = 0; bucket < _buckets.Count; bucket++)
            {
                ended += SuccessBucket(bucket);
            }
        }

        return ended;
    }

    /// <summary>Gets how many are in progress. The ends are read first: the result may be a moment too high, never negative.</summary>
    public long InProgress
    {
        get
        {
            long ended = 0;
            foreach (OperationOutcome outcome in OperationLabels.Outcomes)
            {
                ended += Ended(outcome);
            }

            return _cells.Sum(StartedCell) - ended;
        }
    }

    private static int ErrorCell(ErrorType type, OperationOutcome outcome) =>
        (outcome.ErrorIndex() * OperationLabels.ErrorTypes.Count) + (int)type;

    // Successes that are timed are counted by their buckets, this cell has the others.
    private int OutcomeCell(OperationOutcome outcome) => _errorCells + UntimedSuccesses + (int)outcome;

    private void EndedOtherwise(OperationOutcome outcome, long activeTicks, long end, OperationContext? context)
    {
        ref long own = ref _cells.Own();
        Interlocked.Increment(ref Unsafe.Add(ref own, OutcomeCell(outcome)));
        if (outcome is not (OperationOutcome.ServerError or OperationOutcome.ToolError))
        {
            return;
        }

        int bucket = _buckets.IndexOf(activeTicks);
        Interlocked.Add(ref Unsafe.Add(ref own, _errorCells + ErrorTicks), activeTicks);
        Interlocked.Increment(ref Unsafe.Add(ref own, _errorCells + ErrorBuckets + bucket));
        if (end >= _nextErrorExemplar && context is not null)
        {
            _nextErrorExemplar = end + _owner.ExemplarInterval;
            Volatile.Write(ref _failureExemplars[bucket], _owner.CreateExemplar(context, activeTicks, end));
        }
    }

    private void KeepExemplar(int bucket, long activeTicks, long end, OperationContext? context)
    {
        if (context is not null)
        {
            _nextExemplar = end + _owner.ExemplarInterval;
            Volatile.Write(ref _successExemplars[bucket], _owner.CreateExemplar(context, activeTicks, end));
        }
    }
}
