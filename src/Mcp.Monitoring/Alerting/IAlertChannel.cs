namespace Mcp.Monitoring.Alerting;

/// <summary>
/// A way to people. Register one of your own as a service, and it is a channel by its name: with its own queue, retries and rate. It is told what
/// <see cref="MinimumSeverity"/> lets through, unless routes name it.
/// </summary>
public interface IAlertChannel
{
    /// <summary>Gets the name, as routes use it and as metrics show it: 1 to 64 of <c>a-z 0-9 _ . -</c>, unlike that of any other channel.</summary>
    string Name { get; }

    /// <summary>Gets from which severity on it is told, where no route names it.</summary>
    /// <value>By default <see cref="AlertSeverity.Medium"/>.</value>
    AlertSeverity MinimumSeverity => AlertSeverity.Medium;

    /// <summary>Gets the shortest time between two messages, on average.</summary>
    /// <value>By default one second.</value>
    TimeSpan Interval => TimeSpan.FromSeconds(1);

    /// <summary>Gets how many messages may follow one another at once.</summary>
    /// <value>By default 5.</value>
    int Burst => 5;

    /// <summary>Gets after which time a call is told to stop.</summary>
    /// <value>By default 10 seconds. Less than 1 second counts as 1 second, more than 5 minutes as 5 minutes.</value>
    TimeSpan SendLimit => TimeSpan.FromSeconds(10);

    /// <summary>
    /// Sends a message, on a thread of its own, one call at a time, and returns when the receiver has answered. It must not need the thread pool: alerts are for the
    /// night on which that is starved, and <see cref="AlertNotification.IsThreadPoolStarved"/> says so. An exception counts as <see cref="DeliveryStatus.Unknown"/>.
    /// </summary>
    /// <param name="notification">The message.</param>
    /// <param name="cancellationToken">Cancelled after <see cref="SendLimit"/>, and when the host stops.</param>
    /// <returns>What became of it.</returns>
    DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken);

    /// <summary>Finds out whether a message would arrive, without sending one; called as <see cref="Send"/> is, at the start and every 15 minutes,
    /// more often while it fails.</summary>
    /// <param name="cancellationToken">Cancelled after <see cref="SendLimit"/>, and when the host stops.</param>
    /// <returns>Whether it would; by default yes.</returns>
    DeliveryResult Check(CancellationToken cancellationToken) => DeliveryResult.Delivered();
}
