using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Hosting;

/// <summary>Feeds <c>mcp_health_check_status</c> from the checks that the host runs in the background, every 30 seconds by default.</summary>
internal sealed class HealthMetrics(MetricsRegistry registry) : IHealthCheckPublisher
{
    private readonly GaugeFamily _status = registry.Gauge(MetricNames.HealthCheckStatus);

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach ((string check, HealthReportEntry entry) in report.Entries)
        {
            foreach (HealthStatus status in Enum.GetValues<HealthStatus>())
            {
                _status.With(check, status.Label()).Set(entry.Status == status ? 1 : 0);
            }
        }

        return Task.CompletedTask;
    }
}
