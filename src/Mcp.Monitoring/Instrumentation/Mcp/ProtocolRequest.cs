using System.Text.Json.Nodes;
using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Operations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>A request of the protocol on its way: an operation with a record, or a stream, which has no duration and is not among the active requests.</summary>
internal sealed class ProtocolRequest
{
    private readonly McpServerInstrumentation _owner;
    private readonly MessageContext _context;
    private readonly Operation _operation;
    private readonly ProtocolCall _call;
    private readonly OperationRecord? _record;
    private readonly int _version;

    public ProtocolRequest(McpServerInstrumentation owner, MessageContext context, ProtocolMethod method, CancellationToken cancellationToken)
    {
        var request = (JsonRpcRequest)context.JsonRpcMessage;
        _owner = owner;
        _context = context;
        _operation = owner.OperationOf(method, request.Method);
        _call = owner.Clients.CallOf(context, method);
        if (method.IsStream)
        {
            owner.StreamOpened();
            HttpRequestTracker.Current?.BecomeStream();
            return;
        }

        var meta = (request.Params as JsonObject)?["_meta"] as JsonObject;
        _record = owner.Monitor.OpenRequest(_operation, _call, context, meta, cancellationToken, out _version);
    }

    public void End(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            Fail(Tasks.ExceptionOf(task));
            return;
        }

        if (_record is null)
        {
            _call.Count(OperationOutcome.Success);
            CloseStream(OperationOutcome.Success);
        }
        else if (_owner.Monitor.ClassifyUnanswered(_record) is { } left)
        {
            _call.Count(left.Outcome);
            _record.End(_version, left);
        }
        else
        {
            _call.Count(OperationOutcome.Success);
            _record.End(_version, OperationOutcome.Success);
        }
    }

    /// <returns><see langword="false"/>, to see an exception as a filter without catching it.</returns>
    public bool Fail(Exception exception)
    {
        try
        {
            Classify(exception);
        }
        catch (Exception fault)
        {
            _owner.Report(fault);
        }

        return false;
    }

    private void Classify(Exception exception)
    {
        _owner.Refused.ExpectAnswer(_context, exception);
        if (_operation.Name == OperationLabels.Unknown)
        {
            _owner.CountUnknown(OperationType.Protocol);
        }

        if (_record is null)
        {
            FailStream(exception);
            return;
        }

        // The caller has gone while its answer was written.
        if (exception is OperationCanceledException && _record.IsAnswered)
        {
            _call.Count(OperationOutcome.Success);
            _record.End(_version, OperationOutcome.Success);
            return;
        }

        if (exception is McpProtocolException protocol)
        {
            _record.StatusCode = McpServerInstrumentation.CodeLabel((int)protocol.ErrorCode);
        }

        ErrorClassification meaning = McpErrorMapping.IsUnreadable(exception) ? McpErrorMapping.Invalid : _owner.Monitor.Classify(_record, exception);
        _call.Count(meaning.Outcome);
        _record.Fail(_version, meaning, exception);
    }

    private void FailStream(Exception exception)
    {
        // A stream ends when its reader leaves.
        ErrorClassification meaning = McpErrorMapping.IsUnreadable(exception) ? McpErrorMapping.Invalid : _owner.Monitor.Classify(exception);
        OperationOutcome outcome = exception is OperationCanceledException ? OperationOutcome.Success : meaning.Outcome;
        _call.Count(outcome);
        CloseStream(outcome);
        if (outcome.IsError())
        {
            _owner.Monitor.CountError(_operation, meaning.Type, outcome, exception, context: null);
        }
    }

    private void CloseStream(OperationOutcome outcome)
    {
        _owner.StreamClosed();
        _operation.CountUntimed(outcome);
    }
}
