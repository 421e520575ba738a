using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Stands around the whole pipeline. A request that completes at once costs it no task and no state of its own.</summary>
internal sealed class HttpMiddleware(RequestDelegate next, HttpInstrumentation owner)
{
    public Task InvokeAsync(HttpContext http)
    {
        ExecutionContext? outside = ExecutionContext.Capture();
        HttpExchange exchange;
        try
        {
            exchange = owner.Open(http);
        }
        catch (Exception fault) when (owner.Report(fault))
        {
            Leave(outside);
            return next(http);
        }

        Task? running = null;
        try
        {
            running = next(http);
        }
        catch (Exception exception) when (exchange.Escaped(exception))
        {
            throw;
        }
        finally
        {
            Leave(outside);
            if (running is null)
            {
                exchange.End();
            }
        }

        if (!running.IsCompletedSuccessfully)
        {
            return AwaitedAsync(running, exchange);
        }

        exchange.End();
        return running;
    }

    private static async Task AwaitedAsync(Task running, HttpExchange exchange)
    {
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (Exception exception) when (exchange.Escaped(exception))
        {
            throw;
        }
        finally
        {
            // Not in the filter above: it runs before what the exception crosses is disposed, and an operation that ends by it counts it first.
            exchange.End();
        }
    }

    // Back to what was before, whole: to take out one value after the other would cost a new context each time.
    private static void Leave(ExecutionContext? outside)
    {
        if (outside is not null)
        {
            ExecutionContext.Restore(outside);
        }
        else
        {
            OperationContext.Current = null;
        }
    }
}
