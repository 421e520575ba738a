using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// The two filters around a handler. The outer one opens the record and ends it with what the client gets; the inner one sees the exception that the
/// handler really threw. Both hand on how the handler's own task ended: no rethrow, no allocation where it completes at once.
/// </summary>
internal sealed class RequestFilter<TParams, TResult>(
    McpServerInstrumentation owner, ProtocolMethod method, Func<TParams?, Operation> bindUnmatched, Func<TResult, OperationOutcome> judge)
    where TParams : RequestParams
{
    public McpRequestFilter<TParams, TResult> Outer => field ??= Wrap;

    public static McpRequestFilter<TParams, TResult> Inner { get; } =
        static next => (request, cancellationToken) => InnerHandler<TParams, TResult>.InvokeAsync(request, next, cancellationToken);

    /// <summary>Makes a handler for many requests; each keeps at hand what the next request of the same client needs again.</summary>
    public OuterHandler<TParams, TResult> CreateHandler() => new(new RequestTracker(owner, method), bindUnmatched, judge);

    private McpRequestHandler<TParams, TResult> Wrap(McpRequestHandler<TParams, TResult> next)
    {
        OuterHandler<TParams, TResult> handler = CreateHandler();
        return (request, cancellationToken) => handler.InvokeAsync(request, next, cancellationToken);
    }
}
