using System.Diagnostics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>Where a span comes from: its parent, if that is not the activity around, and what it is linked to.</summary>
internal readonly struct SpanOrigin
{
    public Activity? Around { get; private init; }

    public ActivityContext Parent { get; private init; }

    private ActivityContext Link { get; init; }

    /// <summary>The origin of what has no caller of its own.</summary>
    public static SpanOrigin Of(Activity? around) => new() { Around = around };

    /// <summary>The origin of a request, whose caller may have sent its span along.</summary>
    public static SpanOrigin Of(OperationRecord record, Activity? around, bool isHttpParent)
    {
        // The span of the SDK has the caller for its parent already.
        if (record.Context.Meta is not { } meta || (around is not null && SdkSpan.Is(around)) || !new RemoteParent(meta).TryRead(out ActivityContext caller))
        {
            return Of(around);
        }

        return around is null ? new() { Parent = caller }
            : isHttpParent ? new() { Around = around, Link = caller }
            : new() { Around = around, Parent = caller, Link = around.Context };
    }

    /// <summary>The same origin for a span that has no parent and has to have this trace id.</summary>
    public SpanOrigin InTrace(string traceId) => Parent != default || Around is not null
        ? this
        : new() { Parent = new ActivityContext(ActivityTraceId.CreateFromString(traceId), default, ActivityTraceFlags.Recorded) };

    public Activity? Start(
        ActivitySource source, string name, ActivityKind kind, IEnumerable<KeyValuePair<string, object?>>? tags = null, DateTimeOffset startTime = default) =>
        source.StartActivity(name, kind, Parent, tags, Link == default ? null : [new ActivityLink(Link)], startTime);
}
