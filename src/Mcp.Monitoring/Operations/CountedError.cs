using System.Diagnostics;

namespace Mcp.Monitoring.Operations;

/// <summary>An error at the moment it is counted in <c>mcp_errors_total</c>.</summary>
internal readonly ref struct CountedError
{
    public required ErrorType Type { get; init; }

    public required OperationOutcome Outcome { get; init; }

    /// <summary>Gets the label <c>operation_type</c>.</summary>
    public required string OperationType { get; init; }

    /// <summary>Gets the label <c>operation</c>: that of the enclosing root operation if there is one.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets the dependency that it comes from, if it comes from one.</summary>
    public string? Dependency { get; init; }

    /// <summary>Gets the exception; <see langword="null"/> where the error came without one.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Gets what it belongs to: correlation id, trace id, the request around.</summary>
    public OperationContext? Context { get; init; }

    /// <summary>Gets the operation that it ended, if it ended one.</summary>
    public OperationRecord? Record { get; init; }

    /// <summary>Gets whether nobody handled it; the process may be about to end.</summary>
    public bool IsUnhandled { get; init; }

    /// <summary>Gets the span in which it happened: what is current, unless that is of another trace than the operation.</summary>
    public Activity? Span => Record?.Span
        ?? (Root?.Span is { } root && Activity.Current?.TraceId != root.TraceId ? root : Activity.Current);

    /// <summary>Gets the operation at the root, while it is in progress.</summary>
    public OperationRecord? Root => Context?.Root ?? (Record is { IsRoot: true } ? Record : null);
}
