using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Metrics;

/// <summary>A clock that stands still and has as many ticks a second as the test wants.</summary>
internal sealed class ClockOf(long frequency) : TimeProvider
{
    public override long TimestampFrequency => frequency;

    public static MonitoringClock Ticks(long frequency) => new(new ClockOf(frequency));

    public override long GetTimestamp() => frequency;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
