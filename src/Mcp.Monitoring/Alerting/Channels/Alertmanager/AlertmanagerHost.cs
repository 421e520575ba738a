using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Metrics.Registry;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>What sending to Alertmanager needs of its host.</summary>
internal sealed record AlertmanagerHost
{
    /// <summary>The channel under which metrics and health show all members together.</summary>
    public const string Channel = "alertmanager";

    public required Func<AlertmanagerOptions> Options { get; init; }

    public required IAlertmanagerClient Client { get; init; }

    public required AlertClock Clock { get; init; }

    public required StartThread StartThread { get; init; }

    public required DeliveryMetrics Metrics { get; init; }

    /// <summary>Gets who counts alerts that did not wait, because too many did.</summary>
    public required Counter Dropped { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Gets or sets who is told when a call has ended; any thread calls it.</summary>
    public Action Wake { get; set; } = static () => { };
}
