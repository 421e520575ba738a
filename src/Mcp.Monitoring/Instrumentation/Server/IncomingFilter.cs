using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// Sees every message that comes in. Requests with a request filter pass untouched unless they fail before it; all others are operations of the
/// protocol.
/// </summary>
internal sealed class IncomingFilter(McpServerInstrumentation owner)
{
    public McpMessageHandler Wrap(McpMessageHandler next) => new Handler(this, next).InvokeAsync;

    private Task InvokeAsync(MessageContext context, McpMessageHandler next, CancellationToken cancellationToken)
    {
        if (Open(context, cancellationToken) is not { } request)
        {
            return next(context, cancellationToken);
        }

        Task running;
        try
        {
            running = next(context, cancellationToken);
        }
        catch (Exception exception) when (request.Fail(exception))
        {
            throw;
        }

        if (request.IsOpen || !running.IsCompletedSuccessfully)
        {
            Watch(running, request);
        }

        return running;
    }

    private static void Watch(Task running, Request request) => Tasks.WhenEnded(running, () => request.End(running));

    private Request? Open(MessageContext context, CancellationToken cancellationToken)
    {
        if (context.JsonRpcMessage is not JsonRpcRequest request)
        {
            return null;
        }

        try
        {
            owner.Sessions.Touch(context.Server.SessionId);
            ProtocolMethod method = ProtocolMethod.Find(request.Method);
            return new Request(owner, context, method, method.HasRequestFilter ? null : Begin(context, request, method, cancellationToken));
        }
        catch (Exception fault)
        {
            owner.Report(fault);
            return null;
        }
    }

    private OpenRequest Begin(MessageContext context, JsonRpcRequest request, ProtocolMethod method, CancellationToken cancellationToken)
    {
        Operation operation = owner.OperationOf(method, request.Method);
        ProtocolCall call = owner.Clients.CallOf(context, method);
        if (method.IsStream)
        {
            owner.StreamOpened();
            return new OpenRequest(operation, call, Record: null, Version: 0);
        }

        var meta = (request.Params as JsonObject)?["_meta"] as JsonObject;
        OperationRecord record = owner.Monitor.OpenRequest(operation, meta, cancellationToken, out int version);
        record.Call = call;
        return new OpenRequest(operation, call, record, version);
    }

    private sealed record OpenRequest(Operation Operation, ProtocolCall Call, OperationRecord? Record, int Version);

    /// <summary>A request on its way; with a record or a stream of its own where it has no request filter.</summary>
    private readonly struct Request(McpServerInstrumentation owner, MessageContext context, ProtocolMethod method, OpenRequest? open)
    {
        public bool IsOpen => open is not null;

        public void End(Task task)
        {
            if (!task.IsCompletedSuccessfully)
            {
                Fail(Tasks.ExceptionOf(task));
                return;
            }

            if (open is not null)
            {
                Close(OperationOutcome.Success);
            }
        }

        /// <returns><see langword="false"/>, to see an exception as a filter without catching it.</returns>
        public bool Fail(Exception exception)
        {
            try
            {
                if (exception is not OperationCanceledException)
                {
                    owner.Answers.Expect(context, ((JsonRpcRequest)context.JsonRpcMessage).Id);
                }

                if (open is not null)
                {
                    FailOpen(exception);
                }
                else if (!McpServerInstrumentation.IsCounted(context))
                {
                    CountRefused(exception);
                }
            }
            catch (Exception fault)
            {
                owner.Report(fault);
            }

            return false;
        }

        private void FailOpen(Exception exception)
        {
            OpenRequest request = open!;
            ErrorClassification meaning = request.Record is { } record
                ? owner.Monitor.Classify(record, exception)
                : owner.Monitor.Classify(exception);
            if (exception is McpProtocolException protocol && request.Record is not null)
            {
                request.Record.StatusCode = McpServerInstrumentation.CodeLabel((int)protocol.ErrorCode);
            }

            if (request.Operation.Name == OperationLabels.Unknown)
            {
                owner.CountUnknown(OperationType.Protocol);
            }

            // A stream ends when its reader leaves.
            Close(request.Record is null && exception is OperationCanceledException ? meaning with { Outcome = OperationOutcome.Success } : meaning, exception);
        }

        private void Close(OperationOutcome outcome)
        {
            open!.Call.Count(outcome);
            if (open.Record is { } record)
            {
                record.End(open.Version, outcome);
                return;
            }

            owner.StreamClosed();
            open.Operation.CountUntimed(outcome);
        }

        private void Close(ErrorClassification meaning, Exception exception)
        {
            if (open!.Record is { } record)
            {
                open.Call.Count(meaning.Outcome);
                record.Fail(open.Version, meaning, exception);
                return;
            }

            Close(meaning.Outcome);
            if (meaning.Outcome.IsError())
            {
                open.Operation.CountError(meaning.Type, meaning.Outcome, context: null);
            }
        }

        /// <summary>Counts a request that failed before its request filter: refused by authorization, parameters of a wrong shape, a filter of the host.</summary>
        private void CountRefused(Exception exception)
        {
            var request = (JsonRpcRequest)context.JsonRpcMessage;
            Operation operation = owner.Named(method.Type, NameOf(request));
            switch (exception)
            {
                case OperationCanceledException:
                    return;
                case McpProtocolException:
                    Refuse(operation, owner.Monitor.Classify(exception));
                    break;
                case JsonException:
                    Refuse(operation, new ErrorClassification(ErrorType.Validation, OperationOutcome.ClientError));
                    break;
                case IOException or ObjectDisposedException:
                    // The answer could not be written: the caller is gone, and the operation has been counted.
                    return;
                default:
                    operation.CountError(ErrorType.Internal, OperationOutcome.ServerError, context: null);
                    break;
            }
        }

        private void Refuse(Operation operation, ErrorClassification meaning)
        {
            owner.Clients.CallOf(context, method).Count(meaning.Outcome);
            operation.CountUntimed(meaning.Outcome);
            if (meaning.Outcome.IsError())
            {
                operation.CountError(meaning.Type, meaning.Outcome, context: null);
            }
        }

        private static string? NameOf(JsonRpcRequest request) =>
            request.Params is JsonObject parameters
            && (parameters["name"] ?? parameters["uri"]) is JsonValue value
            && value.TryGetValue(out string? name)
                ? name
                : null;
    }

    private sealed class Handler(IncomingFilter filter, McpMessageHandler next)
    {
        public Task InvokeAsync(MessageContext context, CancellationToken cancellationToken) => filter.InvokeAsync(context, next, cancellationToken);
    }
}
