using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>One duration into a histogram, another each time: as with real calls, the bucket is not the same one twice in a row.</summary>
internal struct ObservationOp(Histogram histogram, long[] durations) : IOp
{
    private int _next;

    public long Run()
    {
        long duration = durations[_next++ & (durations.Length - 1)];
        histogram.Observe(duration);
        return duration;
    }
}
