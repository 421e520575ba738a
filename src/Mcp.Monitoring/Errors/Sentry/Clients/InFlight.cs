using System.Collections.Concurrent;
using Mcp.Monitoring.Errors.Sentry.Queue;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>What was handed to the SDK's client and has not come out of its transport: how many, and what is not in the envelope.</summary>
internal sealed class InFlight(int most) : IDisposable
{
    private readonly ConcurrentDictionary<string, Pending> _known = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();
    private readonly ManualResetEventSlim _hasRoom = new(initialState: true);
    private Pending? _only;
    private int _count;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public void Enter(string? id, Load load, TraceHeader? trace)
    {
        var pending = new Pending(load, trace);
        lock (_changing)
        {
            _only = most == 1 ? pending : null;
            Change(1);
        }

        if (id is not null)
        {
            _known[id] = pending;
        }
    }

    /// <summary>Takes one out, if there is one: of two who count what became of it, one does.</summary>
    /// <param name="id">The id of the event or transaction.</param>
    /// <param name="count">Counts it, before anybody can see that nothing is left.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryLeave(string? id, Action<Pending?> count)
    {
        Pending? known = id is not null && _known.TryRemove(id, out Pending? found) ? found : null;
        lock (_changing)
        {
            if (_count == 0)
            {
                return false;
            }

            count(known ?? _only);
            Change(-1);
            return true;
        }
    }

    public TraceHeader? TraceOf(string? id) => id is not null && _known.TryGetValue(id, out Pending? known) ? known.Trace : null;

    /// <summary>Waits until another one may be handed over; at most one: until nothing is on its way.</summary>
    public void WaitForRoom(CancellationToken stop) => _hasRoom.Wait(stop);

    public void Dispose() => _hasRoom.Dispose();

    private void Change(int by)
    {
        _count += by;
        if (_count < most)
        {
            _hasRoom.Set();
        }
        else
        {
            _hasRoom.Reset();
        }
    }

    internal sealed record Pending(Load Load, TraceHeader? Trace);
}
