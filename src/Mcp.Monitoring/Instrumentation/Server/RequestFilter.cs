using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// The two filters around a handler. The outer one opens the record and ends it with what the client gets; the inner one sees the exception that the
/// handler really threw, even if a filter of the application turns it into an answer. Both hand on how the handler's own task ended: no rethrow, no
/// allocation where it completes at once.
/// </summary>
internal sealed class RequestFilter<TParams, TResult>(
    McpServerInstrumentation owner, ProtocolMethod method, Func<TParams?, Operation> bindUnmatched, Func<TResult, OperationOutcome> judge)
    where TParams : RequestParams
{
    public McpRequestHandler<TParams, TResult> Outer(McpRequestHandler<TParams, TResult> next) =>
        new OuterHandler(new RequestGate(owner, method), bindUnmatched, judge, next).InvokeAsync;

    public static McpRequestHandler<TParams, TResult> Inner(McpRequestHandler<TParams, TResult> next) => new InnerHandler(next).InvokeAsync;

    private sealed class OuterHandler(
        RequestGate gate, Func<TParams?, Operation> bindUnmatched, Func<TResult, OperationOutcome> judge, McpRequestHandler<TParams, TResult> next)
    {
        public ValueTask<TResult> InvokeAsync(RequestContext<TParams> request, CancellationToken cancellationToken)
        {
            // The SDK's caller is an async method: what is set here flows to the handler and no further than that method.
            if (Open(request, cancellationToken, out int version) is not { } record)
            {
                return next(request, cancellationToken);
            }

            ValueTask<TResult> running;
            try
            {
                running = next(request, cancellationToken);
            }
            catch (Exception exception) when (gate.Fail(record, version, exception))
            {
                throw;
            }

            if (running.IsCompletedSuccessfully)
            {
                TResult result = running.Result;
                gate.Succeed(record, version, Judge(result));
                return new ValueTask<TResult>(result);
            }

            return new ValueTask<TResult>(Watch(running.AsTask(), record, version));
        }

        private OperationRecord? Open(RequestContext<TParams> request, CancellationToken cancellationToken, out int version)
        {
            try
            {
                TParams? parameters = request.Params;
                Operation? operation = request.MatchedPrimitive is { } primitive ? gate.Bind(primitive) : bindUnmatched(parameters);
                return gate.Open(operation, request, parameters, cancellationToken, out version);
            }
            catch (Exception fault)
            {
                gate.Owner.Report(fault);
                version = 0;
                return null;
            }
        }

        private Task<TResult> Watch(Task<TResult> task, OperationRecord record, int version) => Tasks.WhenEnded(task, () =>
        {
            if (task.IsCompletedSuccessfully)
            {
                gate.Succeed(record, version, Judge(task.Result));
            }
            else
            {
                gate.Fail(record, version, Tasks.ExceptionOf(task));
            }
        });

        // A handler of the host's own may return null, and the SDK sends it.
        private OperationOutcome Judge(TResult? result) => result is null ? OperationOutcome.Success : judge(result);
    }

    private sealed class InnerHandler(McpRequestHandler<TParams, TResult> next)
    {
        public ValueTask<TResult> InvokeAsync(RequestContext<TParams> request, CancellationToken cancellationToken)
        {
            OperationContext? context = OperationContext.Current;
            ValueTask<TResult> running;
            try
            {
                running = next(request, cancellationToken);
            }
            catch (Exception exception) when (Note(context, exception))
            {
                throw;
            }

            return running.IsCompletedSuccessfully ? running : new ValueTask<TResult>(Watch(running.AsTask(), context));
        }

        private static Task<TResult> Watch(Task<TResult> task, OperationContext? context) => Tasks.WhenEnded(task, () =>
        {
            if (!task.IsCompletedSuccessfully)
            {
                Note(context, Tasks.ExceptionOf(task));
            }
        });

        private static bool Note(OperationContext? context, Exception exception)
        {
            if (context?.Root is { } record)
            {
                record.HandlerException = exception;
            }

            return false;
        }
    }
}
