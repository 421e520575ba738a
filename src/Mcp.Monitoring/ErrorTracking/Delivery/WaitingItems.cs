namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>What waits to be sent, with room for so many of each kind.</summary>
internal sealed class WaitingItems(SentryTransportSettings settings)
{
    public BoundedQueue<SentryEvent> Events { get; } = new(settings.Events);

    public BoundedQueue<SentryTransaction> Transactions { get; } = new(settings.Transactions);

    public BoundedQueue<SentryLog> Logs { get; } = new(settings.Logs);

    /// <summary>A wait for everything that is here now.</summary>
    public PendingFlush Flush() => new(Events.Added, Transactions.Added, Logs.Added);

    public bool HasLeft(PendingFlush flush) => flush.IsReached(Events.Finished, Transactions.Finished, Logs.Finished);

    /// <summary>Takes everything out.</summary>
    public IEnumerable<Load> TakeAll()
    {
        while (Events.TryTake(out SentryEvent? item))
        {
            yield return Load.Of(item);
        }

        while (Transactions.TryTake(out SentryTransaction? transaction))
        {
            yield return Load.Of(transaction);
        }

        while (Logs.TryTake(out SentryLog? log))
        {
            yield return Load.Of([log]);
        }
    }
}
