using System.Collections.Concurrent;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>The requests that failed where we saw it, whose error answer is about to go out. Bounded; past it an error may be counted twice.</summary>
internal sealed class ExpectedAnswers
{
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<PendingWaits.Key, byte> _expected = new();
    private int _count;

    public void Expect(PendingWaits.Key request)
    {
        if (Volatile.Read(ref _count) < Most && _expected.TryAdd(request, 0))
        {
            Interlocked.Increment(ref _count);
        }
    }

    public bool TryTake(PendingWaits.Key request)
    {
        bool isTaken = _expected.TryRemove(request, out _);
        if (isTaken)
        {
            Interlocked.Decrement(ref _count);
        }

        return isTaken;
    }
}
