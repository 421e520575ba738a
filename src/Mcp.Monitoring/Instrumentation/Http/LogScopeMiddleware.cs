using Mcp.Monitoring.Instrumentation.Logging;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// Opens a log scope for each request, in hosts where log records do not find their request by themselves. Its place is within the tracker; like that it stays
/// for what the web server logs after the pipeline.
/// </summary>
internal sealed class LogScopeMiddleware(RequestDelegate next, PushedScopes scopes)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (OperationContext.Current is { } context && scopes.Begin(context) is { } scope)
        {
            http.Response.OnCompleted(() =>
            {
                scopes.End(scope);
                return Task.CompletedTask;
            });
        }

        return next(http);
    }
}
