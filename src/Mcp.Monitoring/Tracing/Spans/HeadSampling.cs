using System.Diagnostics;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>
/// Which spans of ours are taken: those whose parent is, and of the others a share. It is asked before a span is made, since a span that nobody will see costs as
/// much as one that somebody does.
/// </summary>
internal sealed class HeadSampling(double share)
{
    [ThreadStatic]
    private static bool _isTaken;

    private readonly double _share = share;

    /// <summary>Gets whether the span that this thread is about to start is taken, for the sampler of the provider.</summary>
    public static bool IsTaken => _isTaken;

    public bool Takes(in SpanOrigin origin)
    {
        if (origin.Parent != default)
        {
            return (origin.Parent.TraceFlags & ActivityTraceFlags.Recorded) == ActivityTraceFlags.Recorded;
        }

        // One that nobody listens to was never asked whether it is sampled: it has the flag of its caller, if it has a caller.
        return origin.Around is { } around && (around.Source.HasListeners() || around.ParentId is not null)
            ? around.Recorded
            : _share >= 1 || Random.Shared.NextDouble() < _share;
    }

    /// <summary>Starts a span with the sampler told that it is taken.</summary>
    public static Activity? StartTaken(
        ActivitySource source, string name, ActivityKind kind, in SpanOrigin origin,
        IEnumerable<KeyValuePair<string, object?>>? tags = null, DateTimeOffset startTime = default)
    {
        _isTaken = true;
        try
        {
            return origin.Start(source, name, kind, tags, startTime);
        }
        finally
        {
            _isTaken = false;
        }
    }
}
