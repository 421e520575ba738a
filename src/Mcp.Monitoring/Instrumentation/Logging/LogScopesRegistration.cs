using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Instrumentation.Logging;

internal static class LogScopesRegistration
{
    public static void AddLogScopes(this IServiceCollection services)
    {
        services.AddSingleton(provider => new OperationScopes(HostScopes.Create(
            provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(), provider.GetRequiredService<IOptions<LoggerFactoryOptions>>())));
        services.TryAddSingleton<IExternalScopeProvider>(provider => provider.GetRequiredService<OperationScopes>());
    }

    public static void Connect(IServiceProvider provider, OperationMonitor monitor)
    {
        OperationScopes scopes = provider.GetRequiredService<OperationScopes>();
        ILoggerFactory logging = provider.GetRequiredService<ILoggerFactory>();
        if (scopes.AreThoseOf(logging))
        {
            scopes.Follow(monitor);
        }
        else
        {
            monitor.LogScopes = new PushedScopes(logging.CreateLogger("Mcp.Monitoring"), provider.GetRequiredService<InternalErrors>());
        }
    }
}
