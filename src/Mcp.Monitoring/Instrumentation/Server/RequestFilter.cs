using Mcp.Monitoring.Operations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// The two filters around a handler. The outer one opens the record and ends it with what the client gets; the inner one sees the exception that the
/// handler really threw, even if a filter of the application turns it into an answer. Both hand the handler's own task through: no rethrow, no
/// allocation where it completes at once.
/// </summary>
internal sealed class RequestFilter<TParams, TResult>(
    McpServerInstrumentation owner, ProtocolMethod method, Func<RequestContext<TParams>, Operation?> bind, Func<TResult, OperationOutcome> judge)
    where TParams : RequestParams
{
    public McpRequestHandler<TParams, TResult> Outer(McpRequestHandler<TParams, TResult> next) => new OuterHandler(this, next).InvokeAsync;

    public static McpRequestHandler<TParams, TResult> Inner(McpRequestHandler<TParams, TResult> next) => new InnerHandler(next).InvokeAsync;

    private ValueTask<TResult> InvokeAsync(RequestContext<TParams> request, McpRequestHandler<TParams, TResult> next, CancellationToken cancellationToken)
    {
        ExecutionContext? outside = ExecutionContext.Capture();
        if (TryOpen(request, cancellationToken) is not { } call)
        {
            return next(request, cancellationToken);
        }

        ValueTask<TResult> running;
        try
        {
            running = next(request, cancellationToken);
        }
        catch (Exception exception) when (call.Fail(exception))
        {
            throw;
        }
        finally
        {
            if (outside is not null)
            {
                ExecutionContext.Restore(outside);
            }
        }

        if (running.IsCompletedSuccessfully)
        {
            TResult result = running.Result;
            call.Succeed(result);
            return new ValueTask<TResult>(result);
        }

        Task<TResult> task = running.AsTask();
        Tasks.WhenEnded(task, static (ended, state) => ((Call)state).End((Task<TResult>)ended), call);
        return new ValueTask<TResult>(task);
    }

    private Call? TryOpen(RequestContext<TParams> request, CancellationToken cancellationToken)
    {
        try
        {
            return bind(request) is { } operation ? Open(request, operation, cancellationToken) : null;
        }
        catch (Exception fault)
        {
            owner.Report(fault);
            return null;
        }
    }

    private Call Open(RequestContext<TParams> request, Operation operation, CancellationToken cancellationToken)
    {
        if (request.Params?.RequestState is { } answered)
        {
            owner.Inputs.End(answered);
        }

        ClientRequests.Cell client = owner.Clients.Of(request);
        OperationRecord record = owner.Monitor.OpenRequest(operation, request.Params?.Meta, cancellationToken, out int version);
        record.Call = client.Call(method, request.JsonRpcRequest.Context?.RelatedTransport is not null);
        if (WaitingServer.CanWait(request))
        {
            request.Server = new WaitingServer(request.Server, record, version);
        }

        return new Call(this, request, record, version, client, operation);
    }

    /// <summary>One call on its way.</summary>
    private readonly struct Call(
        RequestFilter<TParams, TResult> filter, RequestContext<TParams> request, OperationRecord record, int version, ClientRequests.Cell client, Operation operation)
    {
        public void End(Task<TResult> task)
        {
            if (task.IsCompletedSuccessfully)
            {
                Succeed(task.Result);
            }
            else
            {
                Fail(Tasks.ExceptionOf(task));
            }
        }

        public void Succeed(TResult result)
        {
            OperationOutcome outcome = filter.Judge(result);
            if (outcome == OperationOutcome.ToolError && record.HandlerException is { } hidden)
            {
                // A filter of the application made an answer of it; for the server it is what it was.
                Fail(hidden);
                return;
            }

            client.Count(outcome);
            record.End(version, outcome);
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
                filter.Owner.Report(fault);
            }

            return false;
        }

        private void Classify(Exception exception)
        {
            ErrorClassification meaning = filter.Owner.Monitor.Classify(record, exception);
            if (exception is McpProtocolException protocol)
            {
                record.StatusCode = McpServerInstrumentation.CodeLabel((int)protocol.ErrorCode);
                McpServerInstrumentation.MarkCounted(request);
            }
            else if (filter.Method.Type != OperationType.Tools)
            {
                McpServerInstrumentation.MarkCounted(request);
            }

            if (meaning.Outcome == OperationOutcome.ClientError && operation.Name == OperationLabels.Unknown)
            {
                filter.Owner.CountUnknown(operation.Type);
            }

            if (exception is InputRequiredException { Result.RequestState: { } asked })
            {
                filter.Owner.Inputs.Begin(asked, operation);
            }

            client.Count(meaning.Outcome);
            record.Fail(version, meaning, exception);
        }
    }

    private McpServerInstrumentation Owner => owner;

    private ProtocolMethod Method => method;

    private Func<TResult, OperationOutcome> Judge => judge;

    private sealed class OuterHandler(RequestFilter<TParams, TResult> filter, McpRequestHandler<TParams, TResult> next)
    {
        public ValueTask<TResult> InvokeAsync(RequestContext<TParams> request, CancellationToken cancellationToken) =>
            filter.InvokeAsync(request, next, cancellationToken);
    }

    private sealed class InnerHandler(McpRequestHandler<TParams, TResult> next)
    {
        public ValueTask<TResult> InvokeAsync(RequestContext<TParams> request, CancellationToken cancellationToken)
        {
            ValueTask<TResult> running;
            try
            {
                running = next(request, cancellationToken);
            }
            catch (Exception exception) when (Note(exception))
            {
                throw;
            }

            if (running.IsCompletedSuccessfully || OperationContext.Current is not { } context)
            {
                return running;
            }

            Task<TResult> task = running.AsTask();
            Tasks.WhenEnded(task, static (ended, state) => NoteFault(ended, (OperationContext)state), context);
            return new ValueTask<TResult>(task);
        }

        private static void NoteFault(Task ended, OperationContext context)
        {
            if (!ended.IsCompletedSuccessfully && context.Root is { } record)
            {
                record.HandlerException = Tasks.ExceptionOf(ended);
            }
        }

        private static bool Note(Exception exception)
        {
            if (OperationContext.Current?.Root is { } record)
            {
                record.HandlerException = exception;
            }

            return false;
        }
    }
}
