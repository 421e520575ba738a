using System.Diagnostics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>
/// Makes the spans of one host, from the source <c>Mcp.Monitoring</c>: of each operation while somebody listens, and of the host's own work. A request that is
/// not sampled has no span, unless it turns out to be worth one: then it is made afterwards.
/// </summary>
internal sealed class OperationSpans(MonitoringClock clock, SpanSettings settings) : SpanSource, IDisposable
{
    private const string Kept = "mcp.monitoring.kept";

    private readonly ActivitySource _source = new(SpanSources.Own, BuildInfo.LibraryVersion);
    private readonly TailSamplingBudget _kept = new(clock, settings.KeptPerMinute);

    /// <summary>Gets the source of this host alone; another host has one of the same name.</summary>
    public ActivitySource Source => _source;

    public override bool IsListenedTo => _source.HasListeners();

    public override void Started(OperationRecord record)
    {
        if (IsListenedTo)
        {
            record.Span = SpanOf(record);
        }
    }

    private Activity? SpanOf(OperationRecord record)
    {
        Activity? around = Activity.Current;
        if (!record.IsRoot)
        {
            return settings.SkipsUnsampled && around is not { Recorded: true } ? null : Name(Start(SpanOrigin.Of(around), Function, ActivityKind.Internal), record);
        }

        SpanOrigin origin = SpanOrigin.Of(record, around, settings.IsHttpParent);
        Activity? span = Start(origin, CategoryOf(record), KindOf(record), RequestTags.Of(record));
        if (span is null)
        {
            record.Context.IsUntraced = settings.SkipsUnsampled;
            if (settings.IsHttpParent && around is not null)
            {
                record.Context.FollowActivity();
            }

            return null;
        }

        if (record.Context.Meta is { } meta)
        {
            new RemoteParent(meta).ReadBaggage(span);
        }

        record.Context.SetSpan(span);
        return Name(span, record);
    }

    public override Activity? Start(string name, string category, ActivityKind kind, DateTimeOffset startTime = default)
    {
        Activity? around = Activity.Current;
        if (around is null && OperationContext.Current is { IsUntraced: true })
        {
            return null;
        }

        Activity? span = Start(SpanOrigin.Of(around), category, kind, startTime: startTime);
        if (span is not null)
        {
            span.DisplayName = name;
        }

        return span;
    }

    // A request without a span may be given one, to which the exemplar of the error leads.
    public override void Failing(OperationRecord root)
    {
        if (IsListenedTo && root is { Span: null, Context.IsUntraced: true })
        {
            MakeKept(root, "failure");
        }
    }

    public override void Completed(OperationRecord record)
    {
        if (record is { Span: null, IsRoot: true, Context.IsUntraced: true } && IsSlow(record))
        {
            MakeKept(record, "slow");
        }

        if (record.Span is not { } span)
        {
            SdkSpan.Describe(record.Context.Activity, record);
            return;
        }

        try
        {
            SdkSpan.Describe(span.Parent, record);
            if (span.IsAllDataRequested && (span.Recorded || IsCollected(record) || Promote(span, record)))
            {
                SpanDescription.Write(span, record, settings);
            }
        }
        finally
        {
            // The clock has been read for this end already, and a span of our own making began with it.
            span.SetEndTime(span.StartTimeUtc + clock.ToTimeSpan(record.ActiveTicks + record.WaitTicks));
            span.Stop();
        }
    }

    public void Dispose() => _source.Dispose();

    private Activity? Start(
        in SpanOrigin origin, string category, ActivityKind kind, IEnumerable<KeyValuePair<string, object?>>? tags = null, DateTimeOffset startTime = default) =>
        settings.Head is not { } head ? origin.Start(_source, category, kind, tags, startTime)
        : head.Takes(origin) ? HeadSampling.StartTaken(_source, category, kind, origin, tags, startTime)
        : settings.SkipsUnsampled ? null
        : origin.Start(_source, category, kind, tags, startTime);

    // What was current when the request came is current again when its span ends, and until then nothing of this is seen.
    private void MakeKept(OperationRecord record, string reason)
    {
        if (!_kept.TryTake())
        {
            return;
        }

        Activity? outside = Activity.Current;
        Activity? around = record.Context.Activity is { IsStopped: false } running ? running : null;
        try
        {
            Activity.Current = around;
            SpanOrigin origin = SpanOrigin.Of(record, around, settings.IsHttpParent).InTrace(record.Context.ForceTraceId());
            DateTimeOffset started = DateTimeOffset.UnixEpoch.AddSeconds(clock.ToUnixSeconds(record.Start));
            if (HeadSampling.StartTaken(_source, CategoryOf(record), KindOf(record), origin, RequestTags.Of(record), started) is { } span)
            {
                span.SetTag(Kept, reason);
                record.Context.SetSpan(span);
                record.Span = Name(span, record);
            }
        }
        finally
        {
            Activity.Current = outside is { IsStopped: true } ? null : outside;
        }
    }

    // A span that exists, since another listener wanted it, and that the sampler left out.
    private bool Promote(Activity span, OperationRecord record)
    {
        string? reason = record.Outcome is OperationOutcome.ServerError or OperationOutcome.ToolError ? "failure" : record.IsRoot && IsSlow(record) ? "slow" : null;
        if (reason is null || !_kept.TryTake())
        {
            return false;
        }

        span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        span.SetTag(Kept, reason);
        return true;
    }

    private static Activity? Name(Activity? span, OperationRecord record)
    {
        if (span is not null)
        {
            span.DisplayName = record.Operation.TitleOf(record.Call);
        }

        return span;
    }

    private bool IsSlow(OperationRecord record) => record.ActiveTicks > settings.SlowTicksOf(record.Operation, clock);

    private static bool IsCollected(OperationRecord record) => record.Context.Activity?.GetCustomProperty(CollectorProperty) is not null;

    private static string CategoryOf(OperationRecord record) => record.Call is null ? Function : Request;

    private static ActivityKind KindOf(OperationRecord record) => record.Call is null ? ActivityKind.Internal : ActivityKind.Server;
}
