using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>The errors of the HTTP requests of one route that are no operation's.</summary>
internal sealed class RouteErrors(OperationMetrics owner, string name)
{
    /// <summary>The label <c>operation_type</c>.</summary>
    public const string OperationType = "http";

    // An answer is no tool's, so there is no tool_error.
    public static IReadOnlyList<(ErrorType Type, OperationOutcome Outcome)> Kinds { get; } =
    [
        .. from outcome in OperationLabels.ErrorOutcomes
           where outcome != OperationOutcome.ToolError
           from type in OperationLabels.ErrorTypes
           select (type, outcome),
    ];

    private readonly long[] _counts = new long[OperationLabels.ErrorOutcomes.Count * OperationLabels.ErrorTypes.Count];
    private readonly Exemplar?[] _exemplars = new Exemplar?[OperationLabels.ErrorOutcomes.Count * OperationLabels.ErrorTypes.Count];

    public string Name => name;

    /// <summary>Gets the prepared text of its lines, by format; filled by the scrape, under its lock.</summary>
    public LineSet?[] Lines { get; } = new LineSet?[LineSet.FormatCount];

    public void Count(ErrorType type, OperationOutcome outcome, OperationContext context)
    {
        int index = OperationDetails.ErrorIndex(type, outcome);
        Interlocked.Increment(ref _counts[index]);
        if (owner.Exemplars)
        {
            owner.KeepErrorExemplar(ref _exemplars[index], context);
        }
    }

    public long Count((ErrorType Type, OperationOutcome Outcome) kind) => Read(kind).Count;

    public (long Count, Exemplar? Exemplar) Read((ErrorType Type, OperationOutcome Outcome) kind)
    {
        int index = OperationDetails.ErrorIndex(kind.Type, kind.Outcome);
        return (Volatile.Read(ref _counts[index]), Volatile.Read(ref _exemplars[index]));
    }
}
