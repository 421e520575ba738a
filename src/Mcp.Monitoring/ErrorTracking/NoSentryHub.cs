namespace Mcp.Monitoring.ErrorTracking;

/// <summary>The hub of a host that sends nothing.</summary>
internal sealed class NoSentryHub : ISentryHub
{
    public static ISentryHub Instance { get; } = new NoSentryHub();

    public bool IsEnabled => false;

    public string? CaptureEvent(SentryEvent sentryEvent)
    {
        ArgumentNullException.ThrowIfNull(sentryEvent);
        return null;
    }

    public void AddBreadcrumb(SentryBreadcrumb breadcrumb) => ArgumentNullException.ThrowIfNull(breadcrumb);

    public void ConfigureScope(Action<SentryScope> configure) => ArgumentNullException.ThrowIfNull(configure);

    public Task<bool> FlushAsync(TimeSpan limit) => Task.FromResult(true);
}
