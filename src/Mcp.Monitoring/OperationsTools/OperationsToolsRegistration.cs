using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Serving;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.StatusPage.Views;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools;

internal static class OperationsToolsRegistration
{
    /// <summary>Adds what the operations over MCP are made of; nothing of it is made before <see cref="OperationsServer.Map"/> or a server that takes the tools asks for it.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="access">Who may do what.</param>
    public static void AddOperationsTools(this IServiceCollection services, Func<IServiceProvider, OperationsAccess> access)
    {
        services.AddSingleton(access);
        services.AddSingleton(provider => new OperationsSources(
            provider.GetRequiredService<IStatusViews>(),
            provider.GetRequiredService<IAlertManager>(),
            new EngineMetricQueries(() => provider.GetRequiredService<LazyAlerting>().Value),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Mcp.Monitoring.OperationsTools")));
        services.AddSingleton(provider => new OperationsServer(
            provider.GetRequiredService<OperationsSources>(),
            provider.GetRequiredService<OperationsAccess>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<IHostApplicationLifetime>()));
    }

    /// <summary>Adds the tools to a server of the host's choice.</summary>
    /// <param name="options">The options of the server.</param>
    /// <param name="services">The services of the host.</param>
    /// <param name="prefix">What their names begin with.</param>
    /// <exception cref="InvalidOperationException">Monitoring was not added, or a server over HTTP has no way to tell callers apart.</exception>
    public static void AddTo(McpServerOptions options, IServiceProvider services, string prefix)
    {
        OperationsSources sources = services.GetService<OperationsSources>()
            ?? throw new InvalidOperationException("options.AddMonitoringTools(services) found no monitoring. Call services.AddMcpMonitoring() before the services are built.");
        bool isHttp = services.GetService<IServer>() is not null;
        IHttpContextAccessor? requests = services.GetService<IHttpContextAccessor>();
        if (isHttp && requests is null)
        {
            throw new InvalidOperationException("options.AddMonitoringTools(services) cannot tell the callers of a server over HTTP apart. Call services.AddHttpContextAccessor().");
        }

        var tools = new ToolFactory(sources, prefix, _ => CallerOf(isHttp, requests, services));
        options.ToolCollection ??= [];
        foreach (McpServerTool tool in isHttp ? tools.Reading().Concat(tools.Acting()) : tools.Reading())
        {
            options.ToolCollection.TryAdd(tool);
        }
    }

    // Who has the pipe of this process is its own user.
    private static Caller CallerOf(bool isHttp, IHttpContextAccessor? requests, IServiceProvider services) =>
        !isHttp ? new Caller(MaySee: true, MayAct: false)
        : requests?.HttpContext is { } http ? services.GetRequiredService<OperationsAccess>().Judge(http)
        : Caller.Nobody;
}
