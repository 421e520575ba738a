using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>Where finished items are left for Sentry. Called on any thread: nothing waits, nothing is written there, nothing is thrown.</summary>
internal abstract class ErrorOutbox
{
    /// <summary>Takes an event over; nobody changes it after that.</summary>
    /// <returns>Whether it was taken; if not, it is counted as dropped already.</returns>
    public abstract bool TryEnqueue(CapturedEvent item);

    public abstract bool TryEnqueue(FinishedTransaction item);

    public abstract bool TryEnqueue(LogItem item);

    /// <summary>Counts what was dropped before it came here, for our own counter and for the next report to Sentry.</summary>
    public abstract void Discarded(DiscardReason reason, DataCategory category, int quantity = 1);

    /// <summary>Sends what is waiting.</summary>
    /// <returns>Whether everything that was waiting has left, in one way or another, within the time given.</returns>
    public abstract Task<bool> FlushAsync(TimeSpan limit);

    /// <summary>Sends what is waiting, for a process that is about to end: blocks the caller for as long as that takes or the limit allows.</summary>
    public abstract bool Flush(TimeSpan limit);
}
