using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// Stands around the whole pipeline. A request that completes at once costs it no task and no state of its own. The context of the request stays when it is over:
/// what the web server logs of it afterwards, such as an exception that nobody handled, has its id. Servers take a clean context for the next request.
/// </summary>
internal sealed class HttpMiddleware(RequestDelegate next, HttpInstrumentation owner, ServerAnswer? answer = null)
{
    public Task InvokeAsync(HttpContext http)
    {
        HttpRequestTracker tracker;
        try
        {
            tracker = owner.Open(http);
        }
        catch (Exception failure) when (owner.Report(failure))
        {
            OperationContext.Current = null;
            return next(http);
        }

        Task running;
        try
        {
            running = next(http);
        }
        catch (Exception exception)
        {
            running = Task.FromException(exception);
        }

        if (running.IsCompletedSuccessfully && FaultOf(http) is { } fault)
        {
            running = Task.FromException(fault);
        }

        if (!running.IsCompletedSuccessfully)
        {
            return AwaitedAsync(running, http, tracker);
        }

        tracker.End();
        return running;
    }

    private async Task AwaitedAsync(Task running, HttpContext http, HttpRequestTracker tracker)
    {
        try
        {
            await running.ConfigureAwait(false);
            if (FaultOf(http) is { } fault)
            {
                throw fault;
            }
        }
        catch (Exception exception)
        {
            tracker.Escaped(exception);
            tracker.End();
            if (answer is not null)
            {
                await answer.TrySendAsync(http, exception).ConfigureAwait(false);
            }

            throw;
        }

        tracker.End();
    }

    private Exception? FaultOf(HttpContext http)
    {
        try
        {
            return answer?.FaultOf(http);
        }
        catch (Exception fault)
        {
            owner.Report(fault);
            return null;
        }
    }
}
