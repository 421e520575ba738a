using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>A channel that answers what a test says, and remembers every attempt.</summary>
internal sealed class ScriptedChannel(string name) : IAlertChannel
{
    private readonly Lock _sending = new();
    private readonly List<AlertNotification> _attempts = [];
    private readonly List<AlertNotification> _delivered = [];

    public string Name => name;

    public AlertSeverity MinimumSeverity { get; init; } = AlertSeverity.Medium;

    public TimeSpan Interval { get; init; } = TimeSpan.Zero;

    public int Burst { get; init; } = 5;

    public TimeSpan SendLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets what comes back, or is thrown.</summary>
    public Func<AlertNotification, CancellationToken, DeliveryResult> Answer { get; set; } = (_, _) => DeliveryResult.Delivered();

    /// <summary>Gets or sets what a self-check says.</summary>
    public Func<DeliveryResult> Health { get; set; } = () => DeliveryResult.Delivered();

    /// <summary>Gets or sets who is told of what has arrived.</summary>
    public Action<AlertNotification> Arrived { get; set; } = static _ => { };

    public int Checks { get; private set; }

    public IReadOnlyList<AlertNotification> Attempts
    {
        get
        {
            lock (_sending)
            {
                return [.. _attempts];
            }
        }
    }

    public IReadOnlyList<AlertNotification> Delivered
    {
        get
        {
            lock (_sending)
            {
                return [.. _delivered];
            }
        }
    }

    /// <summary>Gets what arrived, as <c>kind group/generation</c> would read it.</summary>
    public string[] Told => [.. Delivered.Select(message => $"{message.Kind} {message.Summary}")];

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        lock (_sending)
        {
            _attempts.Add(notification);
        }

        DeliveryResult result = Answer(notification, cancellationToken);
        if (result.Status == DeliveryStatus.Delivered)
        {
            lock (_sending)
            {
                _delivered.Add(notification);
            }

            Arrived(notification);
        }

        return result;
    }

    public DeliveryResult Check(CancellationToken cancellationToken)
    {
        Checks++;
        return Health();
    }

    public void Refuse(string error = "connection refused") => Answer = (_, _) => DeliveryResult.Retry(error);

    public void Forbid(string error = "403: the bot was kicked") => Answer = (_, _) => DeliveryResult.Permanent(error);

    public void Work() => Answer = (_, _) => DeliveryResult.Delivered();
}
