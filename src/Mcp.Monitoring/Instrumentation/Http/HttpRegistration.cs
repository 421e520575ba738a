using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Http;

internal static class HttpRegistration
{
    public static void AddHttpInstrumentation(this IServiceCollection services, Func<IServiceProvider, HttpOptions> options)
    {
        services.AddSingleton<IErrorMapping, HttpErrorMapping>();
        services.AddSingleton(provider => new HttpInstrumentation(
            options(provider),
            provider.GetRequiredService<OperationMonitor>(),
            provider.GetRequiredService<OperationCatalog>(),
            provider.GetRequiredService<MetricsRegistry>(),
            provider.GetRequiredService<InternalErrors>(),
            new Lazy<IMcpSessions?>(provider.GetService<IMcpSessions>),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Mcp.Monitoring")));
        // First in the list is outermost in the pipeline: outside the host's own filters, which may answer requests themselves.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(provider => new HttpStartupFilter(provider, options)));
        services.AddSingleton<IHostedService>(provider => new KnownRoutes(provider, options));
        ProbeWatch.AddTo(services);
        services.AddSingleton<IDeveloperPageExceptionFilter, DeveloperPageFilter>();
        services.AddTransient(provider => new McpCorrelationHandler(provider.GetRequiredService<IMcpMonitor>(), options(provider).CorrelationHeader));
    }
}
