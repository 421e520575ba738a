using System.Diagnostics;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>How long a network has taken.</summary>
internal readonly struct Waited
{
    private readonly long _start;

    private Waited(long start) => _start = start;

    public TimeSpan Time => Stopwatch.GetElapsedTime(_start);

    public static Waited FromNow() => new(Stopwatch.GetTimestamp());
}
