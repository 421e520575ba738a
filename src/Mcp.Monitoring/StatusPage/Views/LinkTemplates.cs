namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Where a trace and the events of an error are, by <c>links.trace</c> and <c>links.sentry</c>.</summary>
/// <param name="Trace">A URL with <c>{trace_id}</c> or <c>{correlation_id}</c>.</param>
/// <param name="Sentry">Likewise.</param>
internal sealed record LinkTemplates(string? Trace, string? Sentry)
{
    private const string TraceId = "{trace_id}", CorrelationId = "{correlation_id}";

    public string? TraceOf(KeptFailure failure) => Fill(Trace, failure);

    public string? SentryOf(KeptFailure failure) => Fill(Sentry, failure);

    // A link that leads nowhere is none.
    private static string? Fill(string? template, KeptFailure failure)
    {
        bool lacksId = template is null
            || (failure.TraceId is null && template.Contains(TraceId, StringComparison.Ordinal))
            || (failure.CorrelationId is null && template.Contains(CorrelationId, StringComparison.Ordinal));
        return lacksId ? null : template!
            .Replace(TraceId, Uri.EscapeDataString(failure.TraceId ?? ""), StringComparison.Ordinal)
            .Replace(CorrelationId, Uri.EscapeDataString(failure.CorrelationId ?? ""), StringComparison.Ordinal);
    }
}
