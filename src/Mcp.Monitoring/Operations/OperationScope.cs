using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring;

/// <summary>
/// An operation in progress, from <see cref="IMcpMonitor.Begin"/>. End it once, on any thread; every further end, of this value or a copy, does nothing.
/// <code>
/// using OperationScope scope = monitor.Begin(OperationType.Function, "import_prices");
/// try { Import(); scope.End(OperationOutcome.Success); }
/// catch (Exception e) { scope.Fail(e); throw; }
/// </code>
/// </summary>
#pragma warning disable CA1815 // Two scopes are never compared.
public readonly struct OperationScope : IDisposable
#pragma warning restore CA1815
{
    private readonly OperationRecord? _record;
    private readonly int _version;
    private readonly bool _isRoot;

    internal OperationScope(OperationRecord record, int version)
    {
        _record = record;
        _version = version;
        _isRoot = record.IsRoot;
    }

    /// <summary>Ends the operation. An error outcome is also counted in <c>mcp_errors_total</c>, unless an error was recorded inside this scope already.</summary>
    /// <param name="outcome">How it ended.</param>
    public void End(OperationOutcome outcome)
    {
        _record?.End(_version, outcome);
        Leave();
    }

    /// <summary>Ends the operation with an exception, which decides the outcome and is counted once, however many scopes it crosses.</summary>
    /// <param name="exception">What ended it. An <see cref="OperationCanceledException"/> is a cancellation only if the caller of the enclosing MCP request
    /// cancelled it; any other is somebody's time limit and counts as a timeout. Use <see cref="End"/> with
    /// <see cref="OperationOutcome.Cancelled"/> where you know better.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        _record?.Fail(_version, exception);
        Leave();
    }

    /// <summary>Ends the operation as <see cref="OperationOutcome.ServerError"/> if nothing has ended it: a scope without an outcome is a failure.</summary>
    public void Dispose()
    {
        _record?.Abandon(_version);
        Leave();
    }

    // What is nested leaves nothing: work that a request left behind keeps its correlation id.
    private void Leave()
    {
        if (_isRoot)
        {
            OperationContext.LeaveEnded();
        }
    }
}
