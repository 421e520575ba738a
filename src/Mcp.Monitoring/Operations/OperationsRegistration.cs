using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Operations;

internal static class OperationsRegistration
{
    public static void AddOperations(
        this IServiceCollection services,
        Func<IServiceProvider, ThresholdOptions> thresholds,
        Func<IServiceProvider, ErrorOptions> errors,
        Func<IServiceProvider, IEnumerable<OperationListener>> listeners,
        Action<IServiceProvider, OperationMonitor> created)
    {
        services.AddSingleton(provider => new InternalErrors(
            provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<MonitoringClock>()));
        services.AddSingleton(provider => new ExceptionClassifier(
            [.. errors(provider).Mappings, .. provider.GetServices<IErrorMapping>().OrderBy(IsOurs)], provider.GetRequiredService<InternalErrors>()));
        services.AddSingleton(provider =>
        {
            var monitor = new OperationMonitor(
                provider.GetRequiredService<OperationCatalog>(),
                provider.GetRequiredService<ExceptionClassifier>(),
                listeners(provider),
                provider.GetRequiredService<InternalErrors>(),
                provider.GetRequiredService<MonitoringClock>(),
                thresholds(provider).AbandonedAfter);
            created(provider, monitor);
            return monitor;
        });
        services.AddSingleton<IMcpMonitor>(provider => provider.GetRequiredService<OperationMonitor>());
    }

    // The host's mappings come first, also those that were registered after monitoring.
    private static bool IsOurs(IErrorMapping mapping) => mapping.GetType().Assembly == typeof(IErrorMapping).Assembly;
}
