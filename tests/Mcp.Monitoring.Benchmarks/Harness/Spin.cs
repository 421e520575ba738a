using System.Diagnostics;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>A bound in time, as a baseline.</summary>
internal readonly struct Spin(double microseconds) : IOp
{
    private readonly long _ticks = (long)(microseconds * Stopwatch.Frequency / 1e6);

    public long Run()
    {
        var end = Stopwatch.GetTimestamp() + _ticks;
        long now;
        do
        {
            now = Stopwatch.GetTimestamp();
        }
        while (now < end);
        return now;
    }
}
