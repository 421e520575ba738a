using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Metrics.Meters.Registries;

internal static partial class Log
{
    [LoggerMessage(EventId = 460, EventName = "FamilyLeftOut", Level = LogLevel.Warning,
        Message = "{Name} of a prometheus-net registry is not on /metrics: the name is taken. Rename the metric, or leave its registry out of McpMonitoring:Prometheus:Registries (or PrometheusNet).")]
    public static partial void FamilyLeftOut(ILogger logger, string name);

    [LoggerMessage(EventId = 461, EventName = "RegistryTooLarge", Level = LogLevel.Warning,
        Message = "A prometheus-net registry has more than {Kilobytes} kB of text and is not on /metrics. Look for a label whose values never end, or leave the registry out of McpMonitoring:Prometheus:Registries (or PrometheusNet).")]
    public static partial void RegistryTooLarge(ILogger logger, int kilobytes);
}
