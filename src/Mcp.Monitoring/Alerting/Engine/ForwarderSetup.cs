using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Puts together what sends alerts to Alertmanager.</summary>
internal static class ForwarderSetup
{
    public const string Dropped = "alertmanager_queue";

    public static Forwarder Of(
        Func<AlertmanagerOptions> options,
        string service,
        AlertClock clock,
        DeliveryMetrics metrics,
        MetricsRegistry registry,
        ThreadPoolProbe probe,
        AlertingSeams seams,
        ILogger logger,
        FaultIsolation guard) => new(
        new AlertmanagerHost
        {
            Options = options,
            Client = seams.Alertmanager ?? new AlertmanagerClient(options, () => probe.IsStarved),
            Clock = clock,
            StartThread = seams.StartThread,
            Metrics = metrics,
            Dropped = registry.Dropped.With(InternalErrors.Alerting, Dropped),
            Logger = logger,
        },
        service,
        guard);
}
