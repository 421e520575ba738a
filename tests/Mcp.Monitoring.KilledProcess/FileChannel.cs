using System.Globalization;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A channel whose receiver is a file: what is in it has been received, whatever becomes of the process.</summary>
internal sealed class FileChannel(string name, string folder, int life, KillSwitch kill) : IAlertChannel
{
    private const int MostMilliseconds = 6;

    private readonly string _file = FileOf(folder, name);

    public string Name => name;

    public AlertSeverity MinimumSeverity => AlertSeverity.Low;

    public TimeSpan Interval => TimeSpan.Zero;

    public static string FileOf(string folder, string name) => Path.Combine(folder, name + ".received");

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        IEnumerable<ToldOutage> alerts = notification.Alerts.Select(alert => new ToldOutage(World.ConditionOf(alert.Labels), (int)alert.Value!, alert.State == AlertState.Resolved));
        var message = new ReceivedMessage(life, notification.Id, notification.Kind.ToString(), notification.IsPossibleDuplicate, [.. alerts]);
        Travel();
        File.AppendAllText(_file, string.Create(CultureInfo.InvariantCulture, $"{message}\n"));
        kill.Reach(KillPoint.AfterReceipt);
        Travel();
        return DeliveryResult.Delivered();
    }

    // Both ways take a while, in which the process may be killed.
#pragma warning disable CA5394 // How long is no secret.
    private static void Travel() => Thread.Sleep(Random.Shared.Next(MostMilliseconds));
#pragma warning restore CA5394
}
