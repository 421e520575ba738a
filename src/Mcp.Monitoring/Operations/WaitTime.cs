namespace Mcp.Monitoring.Operations;

/// <summary>The time that something spent waiting. Waits may overlap; time is counted once. Any thread.</summary>
internal sealed class WaitTime
{
    private readonly Lock _changing = new();
    private int _open;
    private long _start;
    private long _ticks;

    public void Begin(long now)
    {
        lock (_changing)
        {
            if (_open++ == 0)
            {
                _start = now;
            }
        }
    }

    public void End(long now)
    {
        lock (_changing)
        {
            if (_open > 0 && --_open == 0)
            {
                _ticks += Math.Max(0, now - _start);
            }
        }
    }

    public long TicksAt(long now)
    {
        lock (_changing)
        {
            return _ticks + (_open > 0 ? Math.Max(0, now - _start) : 0);
        }
    }
}
