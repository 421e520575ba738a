using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>What a success does not touch: errors, exemplars and the prepared text of one operation. Made with the first of them, to keep handles close.</summary>
internal sealed class OperationDetails(int buckets)
{
    private NativeBuckets? _nativeFailures;

    public static int FirstNestedBucket => OperationLabels.Outcomes.Count;

    public long[] Errors { get; } = new long[OperationLabels.ErrorOutcomes.Count * OperationLabels.ErrorTypes.Count];

    public Exemplar?[] ErrorExemplars { get; } = new Exemplar?[OperationLabels.ErrorOutcomes.Count * OperationLabels.ErrorTypes.Count];

    /// <summary>Gets the ends of work within another operation: by outcome, and of successes by bucket.</summary>
    public long[] Nested { get; } = new long[FirstNestedBucket + buckets];

    public Exemplar?[] SuccessExemplars { get; } = new Exemplar?[buckets];

    public Exemplar?[] FailureExemplars { get; } = new Exemplar?[buckets];

    /// <summary>Gets the native buckets of failures: they are large, and of most operations there are none.</summary>
    public NativeBuckets? NativeFailures => Volatile.Read(ref _nativeFailures);

    public LineSet?[] Lines { get; } = new LineSet?[OperationMetrics.FamilyCount * LineSet.FormatCount];

    /// <summary>Gets the native buckets of failures and makes them with the first one.</summary>
    public NativeBuckets? NativeFailuresOf(OperationMetrics owner) =>
        NativeFailures ?? Interlocked.CompareExchange(ref _nativeFailures, owner.NewNativeBuckets(), null) ?? NativeFailures;

    /// <summary>Makes room for another bucket; exemplars of those above it, which no longer stand where they belong, are forgotten.</summary>
    public void MoveUp(int edge, int moved)
    {
        Span<long> nested = Nested.AsSpan(FirstNestedBucket + edge, moved + 1);
        nested[..moved].CopyTo(nested[1..]);
        nested[0] = 0;
        SuccessExemplars.AsSpan(edge).Clear();
        FailureExemplars.AsSpan(edge).Clear();
    }

    /// <summary>Gets where an error stands in <see cref="Errors"/> and <see cref="ErrorExemplars"/>.</summary>
    public static int ErrorIndex(ErrorType type, OperationOutcome outcome) =>
        (outcome.ErrorIndex() * OperationLabels.ErrorTypes.Count) + (int)type;
}
