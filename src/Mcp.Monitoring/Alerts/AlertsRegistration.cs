using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Alerts;

internal static class AlertsRegistration
{
    public static void AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<IAlertManager>(NoAlertManager.Instance);
    }
}
