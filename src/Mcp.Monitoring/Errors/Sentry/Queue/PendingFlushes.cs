using System.Collections.Concurrent;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>Those who wait until something has left. Added on any thread, completed by the loop.</summary>
internal sealed class PendingFlushes
{
    private readonly ConcurrentQueue<PendingFlush> _flushes = new();

    public bool IsEmpty => _flushes.IsEmpty;

    /// <summary>Gets whether somebody waits for whom the sink has not been flushed yet.</summary>
    public bool IsWaitingForSink => _flushes.Any(flush => !flush.IsReported);

    public void Add(PendingFlush flush) => _flushes.Enqueue(flush);

    public void SinkIsFlushed()
    {
        foreach (PendingFlush flush in _flushes)
        {
            flush.IsReported = true;
        }
    }

    public void Complete(Func<PendingFlush, bool> isOver)
    {
        for (int count = _flushes.Count; count > 0 && _flushes.TryDequeue(out PendingFlush? flush); count--)
        {
            if (isOver(flush))
            {
                flush.Complete();
            }
            else
            {
                _flushes.Enqueue(flush);
            }
        }
    }

    public void CompleteAll() => Complete(static _ => true);
}
