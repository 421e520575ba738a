using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>How many spans that the sampler left out are kept all the same: at most so many a minute.</summary>
internal sealed class TailSamplingBudget(MonitoringClock clock, int mostPerMinute)
{
    private readonly long _minute = clock.ToTicks(TimeSpan.FromMinutes(1));
    private long _until;
    private int _taken;

    public bool TryTake()
    {
        long now = clock.Timestamp;
        long until = Volatile.Read(ref _until);
        if (now >= until && Interlocked.CompareExchange(ref _until, now + _minute, until) == until)
        {
            Volatile.Write(ref _taken, 0);
        }

        return Volatile.Read(ref _taken) < mostPerMinute && Interlocked.Increment(ref _taken) <= mostPerMinute;
    }
}
