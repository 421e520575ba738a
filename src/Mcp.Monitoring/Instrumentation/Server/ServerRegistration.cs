using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

internal static class ServerRegistration
{
    public static void AddMcpServerInstrumentation(this IServiceCollection services, Func<IServiceProvider, ClientOptions> clients)
    {
        services.AddSingleton<IErrorMapping, McpErrorMapping>();
        services.AddSingleton(provider => new ServerActivity(
            provider.GetRequiredService<MetricsRegistry>(), clients(provider), provider.GetService<IHttpContextAccessor>()));
        services.AddSingleton<ServerInstrumentations>();
        services.AddSingleton<IPostConfigureOptions<McpServerOptions>>(provider => provider.GetRequiredService<ServerInstrumentations>());
        services.AddSingleton<IOperationSource>(provider => provider.GetRequiredService<ServerInstrumentations>());
    }
}
