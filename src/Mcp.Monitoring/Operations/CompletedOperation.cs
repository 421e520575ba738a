using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring;

/// <summary>An operation that has ended, as its observers see it. What one sink needs from another travels in it.</summary>
public readonly ref struct CompletedOperation
{
    private readonly OperationRecord _record;

    internal CompletedOperation(OperationRecord record) => _record = record;

    /// <summary>Gets what kind of work it was.</summary>
    public OperationType Type => _record.Operation.Type;

    /// <summary>Gets its name, the label <c>operation</c>; never text that a client sent.</summary>
    public string Operation => _record.Operation.Name;

    /// <summary>Gets whether no other operation enclosed it.</summary>
    public bool IsRoot => _record.IsRoot;

    /// <summary>Gets how it ended.</summary>
    public OperationOutcome Outcome => _record.Outcome;

    /// <summary>Gets the kind of error.</summary>
    /// <value><see langword="null"/> unless <see cref="Outcome"/> is an error.</value>
    public ErrorType? ErrorType => _record.ErrorType;

    /// <summary>Gets the exception that ended it, as the handler threw it.</summary>
    /// <value><see langword="null"/> if none did. Its text may hold the caller's data.</value>
    public Exception? Exception => _record.Exception;

    /// <summary>Gets how long it worked, without <see cref="Wait"/>.</summary>
    public TimeSpan Duration => _record.Monitor.Clock.ToTimeSpan(_record.ActiveTicks);

    /// <summary>Gets how long it waited for a person or the client: elicitation, sampling, input required.</summary>
    public TimeSpan Wait => _record.Monitor.Clock.ToTimeSpan(_record.WaitTicks);

    /// <summary>Gets the correlation id; at most 128 characters.</summary>
    public string CorrelationId => _record.Context.CorrelationId;

    /// <summary>Gets the trace id: that of the caller's <c>traceparent</c>, else of the activity around the request.</summary>
    /// <value>32 lower-case hexadecimal digits, or <see langword="null"/> without either.</value>
    public string? TraceId => _record.Context.TraceId;

    /// <summary>Gets the MCP method, such as <c>tools/call</c>.</summary>
    /// <value><see langword="null"/> for work that is not an MCP request; <c>_unknown</c> for a method that no list contains.</value>
    public string? Method => _record.Call?.Method;

    /// <summary>Gets the revision of the protocol, such as <c>2026-07-28</c>.</summary>
    /// <value><see langword="null"/> for work that is not an MCP request; <c>_other</c> for a revision that this library does not know.</value>
    public string? ProtocolVersion => _record.Call?.ProtocolVersion;

    /// <summary>Gets the name of the client, if it is on the allow-list.</summary>
    /// <value><see langword="null"/> for work that is not an MCP request; else a name of the list or <c>_other</c>.</value>
    public string? Client => _record.Call?.Client;
}
