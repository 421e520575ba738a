using System.Collections.Concurrent;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>The clock of the machine, which knows the timers that go on.</summary>
internal sealed class CountedTimers : TimeProvider
{
    private readonly ConcurrentDictionary<ITimer, string> _running = [];

    /// <summary>Gets where each was made.</summary>
    public ICollection<string> Running => _running.Values;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Counted(this, base.CreateTimer(callback, state, dueTime, period));
        _running[timer] = Environment.StackTrace;
        return timer;
    }

    private sealed class Counted(CountedTimers owner, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            owner._running.TryRemove(this, out _);
        }

        public ValueTask DisposeAsync()
        {
            owner._running.TryRemove(this, out _);
            return timer.DisposeAsync();
        }
    }
}
