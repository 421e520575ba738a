using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Opens the record of a request and ends it with what the client gets. Made once for many requests.</summary>
internal sealed class OuterHandler<TParams, TResult>(RequestTracker tracker, Func<TParams?, Operation> bindUnmatched, Func<TResult, OperationOutcome> evaluate)
    where TParams : RequestParams
{
    public ValueTask<TResult> InvokeAsync(RequestContext<TParams> request, McpRequestHandler<TParams, TResult> next, CancellationToken cancellationToken)
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
        catch (Exception exception) when (tracker.Fail(record, version, exception))
        {
            throw;
        }

        if (running.IsCompletedSuccessfully)
        {
            TResult result = running.Result;
            tracker.Succeed(record, version, OutcomeOf(result));
            return new ValueTask<TResult>(result);
        }

        return new ValueTask<TResult>(Watch(running.AsTask(), record, version));
    }

    private OperationRecord? Open(RequestContext<TParams> request, CancellationToken cancellationToken, out int version)
    {
        try
        {
            TParams? parameters = request.Params;
            Operation? operation = request.MatchedPrimitive is { } primitive ? tracker.Bind(primitive) : bindUnmatched(parameters);
            return tracker.Open(operation, request, parameters, cancellationToken, out version);
        }
        catch (Exception fault)
        {
            tracker.Owner.Report(fault);
            version = 0;
            return null;
        }
    }

    private Task<TResult> Watch(Task<TResult> task, OperationRecord record, int version) => Tasks.WhenEnded(task, () =>
    {
        if (task.IsCompletedSuccessfully)
        {
            tracker.Succeed(record, version, OutcomeOf(task.Result));
        }
        else
        {
            tracker.Fail(record, version, Tasks.ExceptionOf(task));
        }
    });

    // A handler of the host's own may return null, and the SDK sends it.
    private OperationOutcome OutcomeOf(TResult? result) => result is null ? OperationOutcome.Success : evaluate(result);
}
