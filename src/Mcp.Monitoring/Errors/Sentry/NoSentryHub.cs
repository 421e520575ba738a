using Sentry;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>The hub of a host that sends nothing.</summary>
internal sealed class NoSentryHub : ISentryHub
{
    public static ISentryHub Instance { get; } = new NoSentryHub();

    public bool IsEnabled => false;

    public SentryId CaptureEvent(SentryEvent sentryEvent)
    {
        ArgumentNullException.ThrowIfNull(sentryEvent);
        return SentryId.Empty;
    }

    public void AddBreadcrumb(Breadcrumb breadcrumb) => ArgumentNullException.ThrowIfNull(breadcrumb);

    public void ConfigureScope(Action<Scope> configure) => ArgumentNullException.ThrowIfNull(configure);

    public Task<bool> FlushAsync(TimeSpan limit) => Task.FromResult(true);
}
