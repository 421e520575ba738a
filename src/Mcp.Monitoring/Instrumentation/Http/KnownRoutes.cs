using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Makes the series of every endpoint known once the application has mapped them: a counter that begins with its first error hides it from <c>rate()</c>.</summary>
internal sealed class KnownRoutes(IServiceProvider services, Func<IServiceProvider, HttpOptions> options) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options(services).Enabled && services.GetService<EndpointDataSource>() is { } endpoints)
        {
            Declare(services.GetRequiredService<HttpInstrumentation>(), endpoints);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Declare(HttpInstrumentation instrumentation, EndpointDataSource endpoints)
    {
        try
        {
            foreach (Endpoint endpoint in endpoints.Endpoints)
            {
                instrumentation.Routes.Of(endpoint);
            }
        }
        catch (Exception fault)
        {
            instrumentation.Report(fault);
        }
    }
}
