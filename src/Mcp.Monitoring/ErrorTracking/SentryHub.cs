using Mcp.Monitoring.ErrorTracking.Capture;
using Mcp.Monitoring.ErrorTracking.Delivery;
using Mcp.Monitoring.ErrorTracking.Performance;
using Mcp.Monitoring.ErrorTracking.Scopes;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking;

/// <summary>The hub over the built-in client. A failure of it ends here.</summary>
internal sealed class SentryHub(Func<OperationMonitor> monitor, SentryErrors captured, ErrorScopes scopes, SentryOutbox outbox, InternalErrors errors) : ISentryHub
{
    public bool IsEnabled => true;

    public string? CaptureEvent(SentryEvent sentryEvent)
    {
        ArgumentNullException.ThrowIfNull(sentryEvent);
        try
        {
            return captured.Capture(sentryEvent);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.ErrorTracking, fault);
            return null;
        }
    }

    public void AddBreadcrumb(SentryBreadcrumb breadcrumb)
    {
        ArgumentNullException.ThrowIfNull(breadcrumb);
        scopes.Add(breadcrumb);
    }

    public void ConfigureScope(Action<SentryScope> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        scopes.Current.Configure(configure);
    }

    public ISentrySpan StartTransaction(string name, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return ActivitySpan.Start(monitor().Spans, name, operation);
    }

    public Task<bool> FlushAsync(TimeSpan limit) => outbox.FlushAsync(limit);
}
