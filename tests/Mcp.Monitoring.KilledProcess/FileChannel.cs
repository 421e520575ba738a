using System.Globalization;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A channel whose receiver is a file: what is in it has been received, whatever becomes of the process.</summary>
internal sealed class FileChannel(string name, string folder) : IAlertChannel
{
    private readonly string _file = Path.Combine(folder, name + ".received");

    public string Name => name;

    public AlertSeverity MinimumSeverity => AlertSeverity.Low;

    public TimeSpan Interval => TimeSpan.Zero;

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture, $"{notification.Id} {notification.Kind} {notification.Group} {(notification.IsPossibleDuplicate ? "marked" : "new")}\n");
        File.AppendAllText(_file, line);
        return DeliveryResult.Delivered();
    }
}
