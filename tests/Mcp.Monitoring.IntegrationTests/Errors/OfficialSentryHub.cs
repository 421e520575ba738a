using Mcp.Monitoring.Errors;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>The adapter to Sentry's own SDK, as the README shows it.</summary>
internal sealed class OfficialSentryHub(Sentry.IHub sentry) : ISentryHub
{
    public bool IsEnabled => sentry.IsEnabled;

    public string? CaptureEvent(SentryEvent sentryEvent)
    {
        var given = new Sentry.SentryEvent(sentryEvent.Exception)
        {
            Message = sentryEvent.Message,
            Level = (Sentry.SentryLevel)sentryEvent.Level,
            TransactionName = sentryEvent.Transaction,
        };
        Sentry.HasTagsExtensions.SetTags(given, sentryEvent.Tags);
        Sentry.EventLikeExtensions.SetFingerprint(given, sentryEvent.Fingerprint);
        Sentry.SentryId id = sentry.CaptureEvent(given);
        return id == Sentry.SentryId.Empty ? null : id.ToString();
    }

    public void AddBreadcrumb(SentryBreadcrumb breadcrumb) =>
        Sentry.HubExtensions.AddBreadcrumb(sentry, breadcrumb.Message ?? "", breadcrumb.Category, breadcrumb.Type, data: null, (Sentry.BreadcrumbLevel)((int)breadcrumb.Level - 1));

    public void ConfigureScope(Action<SentryScope> configure)
    {
        var scope = new SentryScope();
        configure(scope);
        sentry.ConfigureScope(own => Sentry.HasTagsExtensions.SetTags(own, scope.Tags));
    }

    public async Task<bool> FlushAsync(TimeSpan limit)
    {
        await sentry.FlushAsync(limit);
        return true;
    }
}
