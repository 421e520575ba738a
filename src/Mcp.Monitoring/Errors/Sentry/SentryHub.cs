using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>The hub over our own queue, whoever sends in the end. A failure of it ends here.</summary>
internal sealed class SentryHub(SpanSource spans, ErrorCapture captured, ErrorScopes scopes, ErrorOutbox outbox, InternalErrors errors) : ISentryHub
{
    public bool IsEnabled => true;

    public SentryId CaptureEvent(SentryEvent sentryEvent)
    {
        ArgumentNullException.ThrowIfNull(sentryEvent);
        try
        {
            return captured.Capture(sentryEvent);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.ErrorTracking, fault);
            return SentryId.Empty;
        }
    }

    public void AddBreadcrumb(Breadcrumb breadcrumb)
    {
        ArgumentNullException.ThrowIfNull(breadcrumb);
        scopes.Add(breadcrumb);
    }

    public void ConfigureScope(Action<Scope> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        scopes.Current.Configure(configure);
    }

    public ISentrySpan StartTransaction(string name, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return ActivitySpan.Start(spans, name, operation);
    }

    public Task<bool> FlushAsync(TimeSpan limit) => outbox.FlushAsync(limit);
}
