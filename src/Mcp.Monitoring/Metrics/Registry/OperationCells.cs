using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>
/// The numbers of one operation. In progress is started minus ended, an outcome is the sum of its buckets: three updates for a success,
/// the usual ones in the first cache line.
/// </summary>
internal sealed class OperationCells : Operation
{
    private const int StartedCell = 0;
    private const int LastSuccessCell = 1;
    private const int NextExemplarCell = 2;
    private const int SuccessTicksCell = 3;
    private const int SuccessBucketsCell = 4;

    // Behind the successes, on lines of their own.
    private const int ErrorTicks = 0;
    private const int UntimedSuccesses = 1;
    private const int NextErrorExemplar = 7;
    private const int ErrorBuckets = 8;

    // Few fields, those of a success last and together: they and the first line of the block are all that it touches.
    private OperationDetails? _details;
    private readonly OperationMetrics _owner;
    private LatencyBuckets _buckets;
    private readonly NativeBuckets? _native;
    private readonly StripedCells _cells;

    public OperationCells(OperationMetrics owner, OperationType type, string name)
        : base(type, name)
    {
        _owner = owner;
        _buckets = owner.Buckets;
        _native = owner.NewNativeBuckets();
        _cells = new StripedCells(FirstErrorCell + ErrorBuckets + MostBuckets);
        long nextExemplar = owner.Exemplars ? long.MinValue : long.MaxValue;
        _cells.Fill(NextExemplarCell, nextExemplar);
        _cells.Fill(FirstErrorCell + NextErrorExemplar, nextExemplar);
    }

    /// <summary>Gets its buckets: those that all share, and one that ends at its own target.</summary>
    public LatencyBuckets Buckets => _buckets;

    /// <summary>Gets the prepared text of this operation's lines, by family and format; filled by the scrape, under its lock.</summary>
    public LineSet?[] Lines => Details.Lines;

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
        _native?.Observe(activeTicks);
        Unsafe.Add(ref own, LastSuccessCell) = end;
        if (end >= Unsafe.Add(ref own, NextExemplarCell) || activeTicks > _owner.SlowTicks)
        {
            KeepExemplar(ref Unsafe.Add(ref own, NextExemplarCell), bucket, activeTicks, end, context);
        }
    }

    public override void CountUntimed(OperationOutcome outcome)
    {
        ref long own = ref _cells.Own();
        Interlocked.Increment(ref own);
        Interlocked.Increment(ref Unsafe.Add(ref own, OutcomeCell(outcome)));
    }

    public override void CountNested(OperationOutcome outcome, long activeTicks)
    {
        // Only of what clients ask for: the others never count as asked for.
        if (Type is not (OperationType.Tools or OperationType.Resources or OperationType.Prompts))
        {
            return;
        }

        long[] nested = Details.Nested;
        Interlocked.Increment(ref nested[(int)outcome]);
        if (outcome == OperationOutcome.Success)
        {
            Interlocked.Increment(ref nested[OperationDetails.FirstNestedBucket + _buckets.IndexOf(activeTicks)]);
        }
    }

    public override void CountError(ErrorType type, OperationOutcome outcome, OperationContext? context, string? dependency = null)
    {
        if (dependency is not null)
        {
            _owner.ErrorsOf(this, dependency).Count(type, outcome, context);
            return;
        }

        int index = OperationDetails.ErrorIndex(type, outcome);
        OperationDetails details = Details;
        Interlocked.Increment(ref details.Errors[index]);
        if (context is not null && _owner.Exemplars)
        {
            _owner.KeepErrorExemplar(ref details.ErrorExemplars[index], context);
        }
    }

    public override void WaitStarted() => _owner.WaitsOf(Name);

    public override void Waited(long ticks) => _owner.WaitsOf(Name).Observe(ticks);

    public long SuccessTicks => _cells.Sum(SuccessTicksCell);

    public long FailureTicks => _cells.Sum(FirstErrorCell + ErrorTicks);

    public long SuccessBucket(int bucket) => _cells.Sum(SuccessBucketsCell + bucket);

    public long FailureBucket(int bucket) => _cells.Sum(FirstErrorCell + ErrorBuckets + bucket);

    public void ReadSuccessBuckets(Span<long> counts) => _cells.Sum(SuccessBucketsCell, counts);

    public void ReadFailureBuckets(Span<long> counts) => _cells.Sum(FirstErrorCell + ErrorBuckets, counts);

    /// <summary>Reads the native buckets of successes, before the others; nothing where there are none or no room.</summary>
    public Span<long> ReadNativeSuccesses(Span<long> room) => _native is null ? [] : _native.Read(room);

    /// <summary>Reads those of failures.</summary>
    public Span<long> ReadNativeFailures(Span<long> room)
    {
        if (_native is null)
        {
            return [];
        }

        if (Details.NativeFailures is { } failures)
        {
            return failures.Read(room);
        }

        room.Clear();
        return room;
    }

    public ReadOnlySpan<Exemplar?> SuccessExemplars => Details.SuccessExemplars;

    public ReadOnlySpan<Exemplar?> FailureExemplars => Details.FailureExemplars;

    /// <summary>Gets the counts of errors, in the order of <see cref="OperationDetails.ErrorIndex"/>.</summary>
    public ReadOnlySpan<long> ErrorCounts => Details.Errors;

    public ReadOnlySpan<Exemplar?> ErrorExemplars => Details.ErrorExemplars;

    public long Errors(ErrorType type, OperationOutcome outcome) => Volatile.Read(ref Details.Errors[OperationDetails.ErrorIndex(type, outcome)]);

    /// <summary>Gets the timestamp of the last success, or 0.</summary>
    public long LastSuccess => _cells.Max(LastSuccessCell);

    public long Ended(OperationOutcome outcome)
    {
        long ended = _cells.Sum(OutcomeCell(outcome));
        if (outcome == OperationOutcome.Success)
        {
            for (int bucket = 0; bucket < MostBuckets; bucket++)
            {
                ended += SuccessBucket(bucket);
            }
        }

        return ended;
    }

    /// <summary>Gets how many of the ends with an outcome were of work within another operation.</summary>
    public long Nested(OperationOutcome outcome) => _details is { } details ? Volatile.Read(ref details.Nested[(int)outcome]) : 0;

    /// <summary>Reads how many of the successes in each bucket were of work within another operation.</summary>
    public void ReadNestedSuccessBuckets(Span<long> counts)
    {
        counts.Clear();
        if (_details is { } details)
        {
            details.Nested.AsSpan(OperationDetails.FirstNestedBucket, counts.Length).CopyTo(counts);
        }
    }

    /// <summary>Gets how many are in progress. The ends are read first: the result may be a moment too high, never negative.</summary>
    public long InProgress
    {
        get
        {
            long ended = 0;
            for (int i = 0; i < OperationLabels.Outcomes.Count; i++)
            {
                ended += Ended(OperationLabels.Outcomes[i]);
            }

            return _cells.Sum(StartedCell) - ended;
        }
    }

    // Of what was recorded in the bucket that the target parts nobody knows on which side it was: it counts as the slower.
    protected override void Described()
    {
        if (Traits.LatencyTargetMs is not { } target || _owner.Buckets.With(target / 1000) is not { } buckets || buckets == _owner.Buckets)
        {
            return;
        }

        int edge = buckets.EdgeOf(target / 1000);
        int moved = _owner.Buckets.Count - edge;
        Volatile.Write(ref _buckets, buckets);
        _cells.MoveUp(SuccessBucketsCell + edge, moved);
        _cells.MoveUp(FirstErrorCell + ErrorBuckets + edge, moved);
        _details?.MoveUp(edge, moved);
    }

    private OperationDetails Details =>
        _details ?? Interlocked.CompareExchange(ref _details, new OperationDetails(MostBuckets), null) ?? _details;

    // Room for the edge of a target that becomes known when others record already.
    private int MostBuckets => _owner.Buckets.Count + 1;

    private int FirstErrorCell => StripedCells.RoundUpToLine(SuccessBucketsCell + MostBuckets);

    // Successes that are timed are counted by their buckets, this cell has the others.
    private int OutcomeCell(OperationOutcome outcome) => FirstErrorCell + UntimedSuccesses + (int)outcome;

    private void EndedOtherwise(OperationOutcome outcome, long activeTicks, long end, OperationContext? context)
    {
        ref long own = ref _cells.Own();
        Interlocked.Increment(ref Unsafe.Add(ref own, OutcomeCell(outcome)));
        if (outcome is not (OperationOutcome.ServerError or OperationOutcome.ToolError))
        {
            return;
        }

        own = ref Unsafe.Add(ref own, FirstErrorCell);
        int bucket = _buckets.IndexOf(activeTicks);
        Interlocked.Add(ref Unsafe.Add(ref own, ErrorTicks), activeTicks);
        Interlocked.Increment(ref Unsafe.Add(ref own, ErrorBuckets + bucket));
        if (_native is not null)
        {
            Details.NativeFailuresOf(_owner)?.Observe(activeTicks);
        }

        ref long nextExemplar = ref Unsafe.Add(ref own, NextErrorExemplar);
        if ((end >= nextExemplar || activeTicks > _owner.SlowTicks) && context is not null)
        {
            nextExemplar = end + _owner.ExemplarInterval;
            Volatile.Write(ref Details.FailureExemplars[bucket], _owner.CreateExemplar(context, activeTicks, end));
        }
    }

    private void KeepExemplar(ref long nextExemplar, int bucket, long activeTicks, long end, OperationContext? context)
    {
        if (context is not null)
        {
            nextExemplar = end + _owner.ExemplarInterval;
            Volatile.Write(ref Details.SuccessExemplars[bucket], _owner.CreateExemplar(context, activeTicks, end));
        }
    }
}
