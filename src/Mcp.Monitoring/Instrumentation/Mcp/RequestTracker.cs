using Mcp.Monitoring.Operations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Opens and closes the records of one kind of request to one server. It keeps at hand what the next request of the same client needs again.</summary>
internal sealed class RequestTracker(McpServerInstrumentation owner, ProtocolMethod method)
{
    private readonly PrimitiveOperations _primitives = owner.Primitives;
    private readonly OperationMonitor _monitor = owner.Monitor;
    private Caller? _lastCaller;

    public McpServerInstrumentation Owner => owner;

    public Operation? Bind(IMcpServerPrimitive primitive) => _primitives.Of(primitive, method.Type);

    /// <summary>Opens a record, or returns <see langword="null"/> where the operation is not monitored or monitoring has failed.</summary>
    public OperationRecord? Open(Operation? operation, MessageContext request, RequestParams? parameters, CancellationToken cancellationToken, out int version)
    {
        version = 0;
        if (operation is null)
        {
            return null;
        }

        ProtocolCall? call = null;
        try
        {
            call = CallerOf(request).Call;
        }
        catch (Exception fault)
        {
            owner.Report(fault);
        }

        OperationRecord record = _monitor.OpenRequest(operation, call, request, parameters?.Meta, cancellationToken, out version);
        try
        {
            WatchWaits(record, version, operation, request, parameters);
        }
        catch (Exception fault)
        {
            owner.Report(fault);
        }

        return record;
    }

    private void WatchWaits(OperationRecord record, int version, Operation operation, MessageContext request, RequestParams? parameters)
    {
        if (parameters?.RequestState is { } answered)
        {
            owner.Inputs.End(operation, answered);
        }

        if (operation.MayAskClient && WaitingServer.CanWait(request))
        {
            request.Server = new WaitingServer(request.Server, record, version);
        }
    }

    public void Succeed(OperationRecord record, int version, OperationOutcome outcome)
    {
        if (outcome == OperationOutcome.ToolError && record.HandlerException is { } hidden)
        {
            // A filter of the application made an answer of it; for the server it is what it was.
            Fail(record, version, hidden);
            return;
        }

        if (outcome is OperationOutcome.Success or OperationOutcome.ToolError && _monitor.ClassifyUnanswered(record) is { } left)
        {
            record.Call?.Count(left.Outcome);
            record.End(version, left);
            return;
        }

        record.Call?.Count(outcome);
        record.End(version, outcome);
    }

    /// <returns><see langword="false"/>, to see an exception as a filter without catching it.</returns>
    public bool Fail(OperationRecord record, int version, Exception exception)
    {
        try
        {
            Classify(record, version, exception);
        }
        catch (Exception fault)
        {
            owner.Report(fault);
        }

        return false;
    }

    private void Classify(OperationRecord record, int version, Exception exception)
    {
        Operation operation = record.Operation;
        ErrorClassification meaning = _monitor.Classify(record, exception);
        var protocol = exception as McpProtocolException;
        if (protocol is not null)
        {
            record.StatusCode = McpServerInstrumentation.CodeLabel((int)protocol.ErrorCode);
        }

        if (protocol is not null || method.Type != OperationType.Tools)
        {
            // The SDK makes an answer of any other exception of a tool; this one goes on to the message filter.
            McpServerInstrumentation.MarkCounted((MessageContext)record.Message!);
        }

        if (meaning.Outcome == OperationOutcome.ClientError && operation.Name == OperationLabels.Unknown)
        {
            owner.CountUnknown(operation.Type);
        }

        if (exception is InputRequiredException { Result.RequestState: { } asked })
        {
            owner.Inputs.Begin(operation, asked);
        }

        record.Call?.Count(meaning.Outcome);
        record.Fail(version, meaning, exception);
    }

    private Caller CallerOf(MessageContext request)
    {
        McpServer server = request.Server;
        Implementation? client = server.ClientInfo;
        JsonRpcMessageContext? context = request.JsonRpcMessage.Context;
        string? revision = context?.ProtocolVersion ?? server.NegotiatedProtocolVersion;
        SessionKind session = SessionKinds.Of(context, server);
        if (_lastCaller is { } last && client is not null
            && ReferenceEquals(last.Client, client) && ReferenceEquals(last.Revision, revision) && last.Session == session)
        {
            return last;
        }

        var caller = new Caller(client, revision, session, owner.Clients.CallOf(client?.Name, revision, method, session));
        _lastCaller = caller;
        return caller;
    }

    private sealed record Caller(Implementation? Client, string? Revision, SessionKind Session, ProtocolCall Call);
}
