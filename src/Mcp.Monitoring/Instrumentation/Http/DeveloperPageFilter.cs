using Microsoft.AspNetCore.Diagnostics;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Sees the exceptions that the developer's page answers.</summary>
internal sealed class DeveloperPageFilter : IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next)
    {
        HttpRequestTracker.Current?.Handled(errorContext.Exception);
        return next(errorContext);
    }
}
