using System.Runtime.CompilerServices;
using ModelContextProtocol.Protocol;
using CallToolHandler = ModelContextProtocol.Server.McpRequestHandler<ModelContextProtocol.Protocol.CallToolRequestParams, ModelContextProtocol.Protocol.CallToolResult>;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>Filters for tool calls which do nothing useful, in the shapes that a monitor could have.</summary>
internal static class CallFilters
{
    private static readonly AsyncLocal<Record?> s_current = new();

    /// <summary>Calls on and no more.</summary>
    public static CallToolHandler Empty(CallToolHandler next) => (request, cancellationToken) => next(request, cancellationToken);

    /// <summary>Makes a record current around the call and hands the task through.</summary>
    public static CallToolHandler SetsAsyncLocal(CallToolHandler next) => (request, cancellationToken) =>
    {
        var outer = s_current.Value;
        s_current.Value = new Record();
        try
        {
            return next(request, cancellationToken);
        }
        finally
        {
            s_current.Value = outer;
        }
    };

    /// <summary>Awaits; a failure is thrown once more.</summary>
    public static CallToolHandler Awaits(CallToolHandler next) => async (request, cancellationToken) =>
    {
        try
        {
            return await next(request, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            throw;
        }
    };

    /// <summary>Looks at the exception of a completed call without throwing it, and hands the task through.</summary>
    public static CallToolHandler HandsThrough(CallToolHandler next) => (request, cancellationToken) =>
    {
        var call = next(request, cancellationToken);
        if (!call.IsFaulted)
        {
            return call;
        }

        // The same task both times if there is one behind the value task, as there is behind a failure.
        var task = call.AsTask();
        Look(task);
        return new ValueTask<CallToolResult>(task);
    };

    /// <summary>Hands the task through; a call that is still pending gets a continuation which looks at its exception.</summary>
    public static CallToolHandler Continues(CallToolHandler next) => (request, cancellationToken) =>
    {
        var call = next(request, cancellationToken);
        if (call.IsCompletedSuccessfully)
        {
            return call;
        }

        var task = call.AsTask();
        _ = task.ContinueWith(Look, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new ValueTask<CallToolResult>(task);
    };

    /// <summary>Hands the task through; a call that is still pending is watched by a bare completion callback.</summary>
    public static CallToolHandler Watches(CallToolHandler next) => (request, cancellationToken) =>
    {
        var call = next(request, cancellationToken);
        if (call.IsCompletedSuccessfully)
        {
            return call;
        }

        var task = call.AsTask();
        if (task.IsCompleted)
        {
            Look(task);
        }
        else
        {
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(new Watch(task).Look);
        }

        return new ValueTask<CallToolResult>(task);
    };

    /// <summary>Awaits in a pooled state machine if the call is pending.</summary>
    public static CallToolHandler AwaitsPooled(CallToolHandler next) => (request, cancellationToken) =>
    {
        var call = next(request, cancellationToken);
        return call.IsCompleted ? call : AwaitAsync(call);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        static async ValueTask<CallToolResult> AwaitAsync(ValueTask<CallToolResult> call) => await call.ConfigureAwait(false);
    };

    private static void Look(Task call) => GC.KeepAlive(call.Exception?.InnerException);

    private sealed class Watch(Task call)
    {
        public void Look() => CallFilters.Look(call);
    }

    /// <summary>As large as a small record: 40 bytes.</summary>
    private sealed class Record
    {
        public long Started { get; init; }

        public object? Operation { get; init; }

        public object? Parent { get; init; }
    }
}
