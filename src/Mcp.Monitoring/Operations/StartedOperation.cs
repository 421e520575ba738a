using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring;

/// <summary>An operation that starts, as its observers see it.</summary>
public readonly ref struct StartedOperation
{
    private readonly OperationRecord _record;

    internal StartedOperation(OperationRecord record) => _record = record;

    /// <summary>Gets what kind of work it is.</summary>
    public OperationType Type => _record.Operation.Type;

    /// <summary>Gets its name, the label <c>operation</c>; never text that a client sent.</summary>
    public string Operation => _record.Operation.Name;

    /// <summary>Gets whether no other operation encloses it.</summary>
    public bool IsRoot => _record.IsRoot;

    /// <summary>Gets the correlation id; at most 128 characters.</summary>
    public string CorrelationId => _record.Context.CorrelationId;
}
