using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>Errors that are not among the cells of an operation: those of the HTTP requests of a route that are no operation's, and those that come from a dependency.</summary>
internal sealed class ErrorCells(OperationMetrics owner, string operationType, string operation, string dependency)
{
    /// <summary>The label <c>operation_type</c> of the errors of routes.</summary>
    public const string Http = "http";

    // An answer is no tool's, so there is no tool_error; and who called wrongly was refused by us and by no dependency.
    private static readonly (ErrorType Type, OperationOutcome Outcome)[] OfRoutes = KindsOf(OperationOutcome.ServerError, OperationOutcome.ClientError);
    private static readonly (ErrorType Type, OperationOutcome Outcome)[] OfDependencies = KindsOf(OperationOutcome.ServerError);

    private readonly long[] _counts = new long[OperationLabels.ErrorOutcomes.Count * OperationLabels.ErrorTypes.Count];
    private readonly Exemplar?[] _exemplars = new Exemplar?[OperationLabels.ErrorOutcomes.Count * OperationLabels.ErrorTypes.Count];

    public string OperationType => operationType;

    public string Operation => operation;

    public string Dependency => dependency;

    /// <summary>Gets what it counts, each at zero from the start.</summary>
    public IReadOnlyList<(ErrorType Type, OperationOutcome Outcome)> Kinds => dependency == OperationLabels.None ? OfRoutes : OfDependencies;

    /// <summary>Gets the prepared text of its lines, by format; filled by the scrape, under its lock.</summary>
    public LineSet?[] Lines { get; } = new LineSet?[LineSet.FormatCount];

    public void Count(ErrorType type, OperationOutcome outcome, OperationContext? context)
    {
        int index = OperationDetails.ErrorIndex(type, outcome);
        Interlocked.Increment(ref _counts[index]);
        if (context is not null && owner.Exemplars)
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

    private static (ErrorType Type, OperationOutcome Outcome)[] KindsOf(params OperationOutcome[] outcomes) =>
        [.. from outcome in outcomes from type in OperationLabels.ErrorTypes select (type, outcome)];
}
