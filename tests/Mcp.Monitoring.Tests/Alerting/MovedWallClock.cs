namespace Mcp.Monitoring.Tests.Alerting;

/// <summary>A clock on whose wall somebody has moved the hands; how long the process runs is not changed by that.</summary>
internal sealed class MovedWallClock(TimeProvider time) : TimeProvider
{
    public TimeSpan Moved { get; set; }

    /// <summary>Gets or sets by how much it is later each time that somebody looks.</summary>
    public TimeSpan Tick { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + (Moved += Tick);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
