using Mcp.Monitoring.Errors.Sentry.Clients;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>Makes of a finished operation a transaction of the SDK, with the ids and times that it had.</summary>
internal sealed class TransactionWriter(ScrubbedText text, SentryIdentity identity)
{
    private readonly EventScrubber _scrubber = new(text);

    public SentryTransaction Write(FinishedTransaction item)
    {
        var hub = new RecordingHub();
        SpanData root = item.Root;
        var texts = new TextBudget(PayloadLimits.SpanTexts);
        ILookup<string, SpanData> inside = ChildrenOf(item);
        hub.RecordTransaction(
            text.Line(item.Name, PayloadLimits.Name),
            Op(root, texts),
            root.Start,
            Duration(root),
            SentryId.Parse(item.TraceId),
            SpanId.Parse(root.SpanId),
            root.ParentSpanId is { } parent ? SpanId.Parse(parent) : null,
            transaction =>
            {
                Write(transaction, root, texts);
                Record(transaction, root.SpanId, inside, texts, depth: 0);
            });

        return Completed(hub.Recorded!, item);
    }

    private SentryTransaction Completed(SentryTransaction written, FinishedTransaction item)
    {
        written.Environment = item.Environment ?? identity.Environment;
        written.Release = item.Release ?? identity.Release;
        written.User.Id = item.UserId is { } user ? text.Line(user, PayloadLimits.UserId) : null;
        foreach ((string key, object? value) in new PlainData(text, new TextBudget(PayloadLimits.DataTexts)).Pairs(item.Extra))
        {
            written.SetData(key, value);
        }

        foreach (Breadcrumb crumb in item.Breadcrumbs.TakeLast(PayloadLimits.Breadcrumbs))
        {
            written.AddBreadcrumb(_scrubber.Scrub(crumb));
        }

        return written;
    }

    // Spans whose parent is none of these are shown below the root.
    private static ILookup<string, SpanData> ChildrenOf(FinishedTransaction item)
    {
        var known = item.Spans.Select(span => span.SpanId).Append(item.Root.SpanId).ToHashSet(StringComparer.Ordinal);
        return item.Spans.Take(PayloadLimits.Spans)
            .ToLookup(span => span.ParentSpanId is { } parent && parent != span.SpanId && known.Contains(parent) ? parent : item.Root.SpanId, StringComparer.Ordinal);
    }

    private void Record(ISpanRecorder around, string id, ILookup<string, SpanData> inside, TextBudget texts, int depth)
    {
        const int Deepest = 100;
        foreach (SpanData span in depth < Deepest ? inside[id] : [])
        {
            around.RecordSpan(Op(span, texts), span.Start, Duration(span), SpanId.Parse(span.SpanId), recorder =>
            {
                Write(recorder, span, texts);
                recorder.Description = span.Description is { Length: > 0 } description ? text.Clean(description, PayloadLimits.SpanDescription, texts) : null;
                Record(recorder, span.SpanId, inside, texts, depth + 1);
            });
        }
    }

    private void Write(ISpanRecorder recorder, SpanData span, TextBudget texts)
    {
        recorder.Status = span.Status;
        foreach ((string key, string value) in span.Tags.Take(PayloadLimits.Tags))
        {
            recorder.SetTag(SafeText.Line(key, PayloadLimits.TagKey), text.Line(value, PayloadLimits.TagValue));
        }

        foreach ((string key, object? value) in new PlainData(text, texts).Pairs(span.Data))
        {
            recorder.SetData(key, value);
        }
    }

    private string Op(SpanData span, TextBudget texts) => span.Op is { Length: > 0 } op ? text.Clean(op, PayloadLimits.FingerprintPart, texts) : "default";

    // A clock that was set back while the work was done.
    private static TimeSpan Duration(SpanData span) => span.End < span.Start ? TimeSpan.Zero : span.End - span.Start;
}
