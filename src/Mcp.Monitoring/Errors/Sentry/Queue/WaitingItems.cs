using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>What waits to be sent, with room for so many of each kind.</summary>
internal sealed class WaitingItems(QueueSettings settings)
{
    public BoundedQueue<CapturedEvent> Events { get; } = new(settings.Events);

    public BoundedQueue<FinishedTransaction> Transactions { get; } = new(settings.Transactions);

    public BoundedQueue<LogItem> Logs { get; } = new(settings.Logs);

    /// <summary>A wait for everything that is here now.</summary>
    public PendingFlush Flush() => new(Events.Added, Transactions.Added, Logs.Added);

    public bool HasLeft(PendingFlush flush) => flush.IsReached(Events.Finished, Transactions.Finished, Logs.Finished);

    /// <summary>Takes everything out.</summary>
    public IEnumerable<Load> TakeAll()
    {
        while (Events.TryTake(out CapturedEvent? item))
        {
            yield return Load.Of(item);
        }

        while (Transactions.TryTake(out FinishedTransaction? transaction))
        {
            yield return Load.Of(transaction);
        }

        while (Logs.TryTake(out LogItem? log))
        {
            yield return Load.Of([log]);
        }
    }
}
