using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Operations;

/// <summary>The host's <see cref="TimeProvider"/>, without its virtual call on the request's path when it is the system's.</summary>
internal sealed class MonitoringClock(TimeProvider provider)
{
    private readonly TimeProvider? _custom = ReferenceEquals(provider, TimeProvider.System) ? null : provider;

    public long Frequency { get; } = provider.TimestampFrequency;

    public long Timestamp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _custom is null ? Stopwatch.GetTimestamp() : _custom.GetTimestamp();
    }

    public DateTimeOffset UtcNow => provider.GetUtcNow();

    public long ToTicks(TimeSpan time) => (long)(time.TotalSeconds * Frequency);

    public double ToSeconds(long ticks) => (double)ticks / Frequency;

    public TimeSpan ToTimeSpan(long ticks) => TimeSpan.FromSeconds(ToSeconds(ticks));

    /// <summary>Gets the wall-clock time of a timestamp, in seconds since 1970, seen from now.</summary>
    public double ToUnixSeconds(long timestamp) =>
        ((UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds) - ToSeconds(Timestamp - timestamp);
}
