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
        services.AddSingleton(provider => new PushedScopes(
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Mcp.Monitoring"), provider.GetRequiredService<InternalErrors>()));
        services.TryAddSingleton<IExternalScopeProvider>(provider => provider.GetRequiredService<OperationScopes>());
    }

    /// <summary>Gets who opens scopes, in a host where log records do not find their operation by themselves.</summary>
    public static PushedScopes? PushedScopesOf(IServiceProvider provider) =>
        provider.GetRequiredService<OperationScopes>().AreThoseOf(provider.GetRequiredService<ILoggerFactory>()) ? null : provider.GetRequiredService<PushedScopes>();

    public static void Connect(IServiceProvider provider, OperationMonitor monitor)
    {
        if (PushedScopesOf(provider) is null)
        {
            provider.GetRequiredService<OperationScopes>().Follow(monitor);
        }
    }
}
