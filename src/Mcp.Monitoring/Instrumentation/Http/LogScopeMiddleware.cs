using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Opens a log scope around each request, in hosts where log records do not find their request by themselves. Its place is within the exchange.</summary>
internal sealed class LogScopeMiddleware(RequestDelegate next, RequestScopes scopes)
{
    public Task InvokeAsync(HttpContext http) =>
        OperationContext.Current is { } context && scopes.Begin(context) is { } scope ? ScopedAsync(http, scope) : next(http);

    private async Task ScopedAsync(HttpContext http, IDisposable scope)
    {
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            scopes.End(scope);
        }
    }
}
