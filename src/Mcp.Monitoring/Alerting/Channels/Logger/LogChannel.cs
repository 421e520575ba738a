using Mcp.Monitoring.Alerting.Notifications;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Logger;

/// <summary>Tells alerts to the application's log, category <c>Mcp.Monitoring.Alerting</c>; the first run shows them so.</summary>
internal sealed class LogChannel(ILoggerFactory logging) : IAlertChannel
{
    public const string Category = "Mcp.Monitoring.Alerting";

    private const int FirstEvent = 640;

    private readonly ILogger _logger = logging.CreateLogger(Category);

    public string Name => ChannelQueue.Log;

    public AlertSeverity MinimumSeverity => AlertSeverity.Low;

    public TimeSpan Interval => TimeSpan.Zero;

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        try
        {
            LogLevel level = Level(notification);
            if (_logger.IsEnabled(level))
            {
                var id = new EventId(FirstEvent + (int)notification.Kind, $"Alert{notification.Kind}");
                _logger.Log(level, id, new LogChannelState(notification), exception: null, static (state, _) => state.Text);
            }

            return DeliveryResult.Delivered();
        }
        catch (Exception fault)
        {
            return DeliveryResult.Retry($"the log failed: {fault.Message}");
        }
    }

    private static LogLevel Level(AlertNotification notification) => notification.Kind == NotificationKind.Resolved ? LogLevel.Information : notification.Severity switch
    {
        AlertSeverity.Critical => LogLevel.Critical,
        AlertSeverity.High => LogLevel.Error,
        AlertSeverity.Medium => LogLevel.Warning,
        _ => LogLevel.Information,
    };
}
