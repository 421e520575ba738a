using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.IntegrationTests.Servers;

/// <summary>Takes away what monitoring puts into the MCP server, for a server to compare with.</summary>
internal static class WithoutMonitoring
{
    public static void Of(WebApplicationBuilder builder)
    {
        var ours = builder.Services
            .Where(service => service.ServiceType == typeof(IPostConfigureOptions<McpServerOptions>))
            .Where(service => (service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType)?.Assembly == typeof(McpMonitor).Assembly)
            .ToList();
        Assert.NotEmpty(ours);
        ours.ForEach(service => builder.Services.Remove(service));
    }
}
