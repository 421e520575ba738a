using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

internal static class ServerRegistration
{
    public static void AddMcpServerInstrumentation(this IServiceCollection services, Func<IServiceProvider, ClientOptions> clients)
    {
        services.AddSingleton<IErrorMapping, McpErrorMapping>();
        services.AddSingleton(provider => new ServerActivity(
            provider.GetRequiredService<MetricsRegistry>(), clients(provider), provider.GetService<IHttpContextAccessor>(), IsResumable(provider)));
        services.AddSingleton<IMcpSessions>(provider => provider.GetRequiredService<ServerActivity>().Sessions);
        services.AddSingleton<ServerInstrumentations>();
        services.AddSingleton<IPostConfigureOptions<McpServerOptions>>(provider => provider.GetRequiredService<ServerInstrumentations>());
        services.AddSingleton<IOperationSource>(provider => provider.GetRequiredService<ServerInstrumentations>());
    }

#pragma warning disable MCP9006 // The store belongs to sessions, which the SDK keeps for clients of older revisions.
    private static bool IsResumable(IServiceProvider services) => services.GetService<ISseEventStreamStore>() is not null;
#pragma warning restore MCP9006
}
