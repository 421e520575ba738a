using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Serving;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.StatusPage.Access;
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
    public static void AddOperationsTools(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new HostCallers(provider));
        services.AddSingleton(provider => new OperationsSources(
            provider.GetRequiredService<IStatusViews>(),
            provider.GetRequiredService<IAlertManager>(),
            new EngineMetricQueries(() => provider.GetRequiredService<LazyAlerting>().Value),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Mcp.Monitoring.OperationsTools")));
        services.AddSingleton(provider => new OperationsServer(
            provider.GetRequiredService<OperationsSources>(),
            provider.GetRequiredService<PageGate>(),
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
        services.GetRequiredService<OwnSamples>().Want();
        bool isHttp = services.GetService<IServer>() is not null;
        var tools = new ToolFactory(sources, prefix, isHttp ? CallersOf(services) : OwnUser);
        options.ToolCollection ??= [];
        foreach (McpServerTool tool in isHttp ? tools.Reading().Concat(tools.Acting()) : tools.Reading())
        {
            options.ToolCollection.TryAdd(tool);
        }
    }

    private static Func<MessageContext, ValueTask<Caller>> CallersOf(IServiceProvider services)
    {
        IHttpContextAccessor requests = services.GetService<IHttpContextAccessor>()
            ?? throw new InvalidOperationException("options.AddMonitoringTools(services) cannot tell the callers of a server over HTTP apart. Call services.AddHttpContextAccessor().");
        HostCallers callers = services.GetRequiredService<HostCallers>();
        return _ => callers.OfAsync(requests.HttpContext);
    }

    // Who has the pipe of this process is its own user.
    private static ValueTask<Caller> OwnUser(MessageContext request) => ValueTask.FromResult(new Caller(MaySee: true, MayAct: false));
}
