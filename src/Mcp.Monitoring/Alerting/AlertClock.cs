namespace Mcp.Monitoring.Alerting;

/// <summary>
/// The time that alerts are judged by: how long this process has been running, which no change of the wall clock moves. The wall clock is for people and
/// for what is stored.
/// </summary>
internal sealed class AlertClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Gets the time since the start. An instant before it, as one from a former run, is negative.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    public DateTimeOffset UtcNow => time.GetUtcNow();

    public TimeProvider Time => time;

    /// <summary>Gets the wall-clock time of an instant, seen from now.</summary>
    public DateTimeOffset ToUtc(TimeSpan instant) => UtcNow - (Now - instant);

    public DateTimeOffset? ToUtc(TimeSpan? instant) => instant is { } known ? ToUtc(known) : null;

    /// <summary>Gets the instant of a wall-clock time, seen from now.</summary>
    public TimeSpan FromUtc(DateTimeOffset utc) => Now - (UtcNow - utc);

    public TimeSpan? FromUtc(DateTimeOffset? utc) => utc is { } known ? FromUtc(known) : null;
}
