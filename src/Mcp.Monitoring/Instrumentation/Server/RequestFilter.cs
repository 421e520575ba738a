using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// The two filters around a handler. The outer one opens the record and ends it with what the client gets; the inner one sees the exception that the
/// handler really threw. Both hand on how the handler's own task ended: no rethrow, no allocation where it completes at once.
/// </summary>
internal sealed class RequestFilter<TParams, TResult>(
    McpServerInstrumentation owner, ProtocolMethod method, Func<TParams?, Operation> bindUnmatched, Func<TResult, OperationOutcome> judge)
    where TParams : RequestParams
{
    public McpRequestHandler<TParams, TResult> Outer(McpRequestHandler<TParams, TResult> next)
    {
        OuterHandler<TParams, TResult> handler = CreateHandler();
        return (request, cancellationToken) => handler.InvokeAsync(request, next, cancellationToken);
    }

    public OuterHandler<TParams, TResult> CreateHandler() => new(new RequestGate(owner, method), bindUnmatched, judge);

    public static McpRequestHandler<TParams, TResult> Inner(McpRequestHandler<TParams, TResult> next) =>
        (request, cancellationToken) => InnerHandler<TParams, TResult>.InvokeAsync(request, next, cancellationToken);
}
