using System.Diagnostics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>
/// Makes the spans of one host, from the source <c>Mcp.Monitoring</c>: of each operation while somebody listens, and of the host's own work. A span that the
/// sampler left out is described only if it is kept, so that a call that nobody will look at costs its activity and no more.
/// </summary>
internal sealed class OperationSpans(MonitoringClock clock, SpanSettings settings) : SpanSource, IDisposable
{
    public const string SourceName = "Mcp.Monitoring";

    private readonly ActivitySource _source = new(SourceName, MeterPublisher.LibraryVersion);
    private readonly KeptSpans _kept = new(clock, settings.KeptPerMinute);

    /// <summary>Gets the source of this host alone; another host has one of the same name.</summary>
    public ActivitySource Source => _source;

    public override bool IsListenedTo => _source.HasListeners();

    public override Activity? Start(OperationRecord record)
    {
        Activity? span = record.IsRoot && record.Context.Meta is { } meta
            ? StartRequest(record, new RemoteParent(meta))
            : _source.StartActivity(CategoryOf(record), KindOf(record));
        if (span is null)
        {
            return null;
        }

        span.DisplayName = record.Operation.TitleOf(record.Call);
        if (record.IsRoot)
        {
            record.Context.SetSpan(span);
        }

        return span;
    }

    public override Activity? Start(string name, string category, ActivityKind kind)
    {
        Activity? span = _source.StartActivity(category, kind);
        if (span is not null)
        {
            span.DisplayName = name;
        }

        return span;
    }

    public override void End(OperationRecord record)
    {
        if (record.Span is not { } span)
        {
            SdkSpan.Describe(record.Context.Activity, record);
            return;
        }

        SdkSpan.Describe(span.Parent, record);
        if (span.IsAllDataRequested && (span.Recorded || IsCollected(record) || Keep(span, record)))
        {
            SpanDescription.Write(span, record, settings);
        }

        span.Stop();
    }

    public void Dispose() => _source.Dispose();

    private Activity? StartRequest(OperationRecord record, RemoteParent remote)
    {
        Activity? around = Activity.Current;
        Activity? span;
        if (!remote.TryRead(out ActivityContext caller))
        {
            span = _source.StartActivity(CategoryOf(record), KindOf(record));
        }
        else if (around is null)
        {
            span = _source.StartActivity(CategoryOf(record), KindOf(record), caller);
        }
        else if (SdkSpan.Is(around))
        {
            // It has the caller for its parent already.
            span = _source.StartActivity(CategoryOf(record), KindOf(record));
        }
        else
        {
            (ActivityContext parent, ActivityContext other) = settings.IsHttpParent ? (around.Context, caller) : (caller, around.Context);
            span = _source.StartActivity(CategoryOf(record), KindOf(record), parent, tags: null, links: [new ActivityLink(other)]);
        }

        if (span is not null)
        {
            remote.ReadBaggage(span);
        }

        return span;
    }

    private bool Keep(Activity span, OperationRecord record)
    {
        string? reason = record.Outcome is OperationOutcome.ServerError or OperationOutcome.ToolError ? "failure"
            : record.IsRoot && record.ActiveTicks > settings.SlowTicksOf(record.Operation, clock) ? "slow"
            : null;
        if (reason is null || !_kept.TryTake())
        {
            return false;
        }

        span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        span.SetTag("mcp.monitoring.kept", reason);
        return true;
    }

    private static bool IsCollected(OperationRecord record) => record.Context.Activity?.GetCustomProperty(CollectorProperty) is not null;

    private static string CategoryOf(OperationRecord record) => record.Call is null ? Function : Request;

    private static ActivityKind KindOf(OperationRecord record) => record.Call is null ? ActivityKind.Internal : ActivityKind.Server;
}
