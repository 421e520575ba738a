using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>A span of the host's own code, which is an activity like any other.</summary>
internal sealed class ActivitySpan : ISentrySpan
{
    private readonly SpanSource _spans;
    private readonly Activity _activity;
    private bool _isFinished;

    private ActivitySpan(SpanSource spans, Activity activity)
    {
        _spans = spans;
        _activity = activity;
    }

    public SpanStatus? Status { get; set; }

    /// <summary>Starts a span, if anybody listens to spans.</summary>
    public static ISentrySpan Start(SpanSource spans, string name, string operation) =>
        spans.IsListenedTo && spans.Start(name, operation, ActivityKind.Internal) is { } activity ? new ActivitySpan(spans, activity) : NoSentrySpan.Instance;

    public ISentrySpan StartChild(string operation, string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        if (_isFinished)
        {
            return NoSentrySpan.Instance;
        }

        Activity.Current = _activity;
        return Start(_spans, description ?? operation, operation);
    }

    public void SetTag(string key, string? value) => SetData(key, value);

    public void SetData(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _activity.SetTag(key, value);
    }

    public void Finish()
    {
        if (_isFinished)
        {
            return;
        }

        _isFinished = true;
        if (Status is { } status)
        {
            SpanStatuses.Set(_activity, status);
        }

        _activity.Dispose();
    }

    public void Dispose() => Finish();
}
