using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Sees the exception that a handler really threw, even if a filter of the application turns it into an answer.</summary>
internal static class InnerHandler<TParams, TResult>
    where TParams : RequestParams
{
    public static ValueTask<TResult> InvokeAsync(RequestContext<TParams> request, McpRequestHandler<TParams, TResult> next, CancellationToken cancellationToken)
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
