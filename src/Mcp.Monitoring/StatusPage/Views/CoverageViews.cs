using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Says what is monitored and what is not, with what to write to have it.</summary>
internal static class CoverageViews
{
    private const int MostNames = 10;

    /// <param name="coverage">What the settings have switched on.</param>
    /// <param name="view">What is shown otherwise.</param>
    /// <param name="rules">How many rules are evaluated.</param>
    /// <param name="texts">The language.</param>
    public static CoverageView Of(Coverage coverage, StatusView view, int rules, AlertTexts texts)
    {
        string[] channels = [.. view.Channels.Where(channel => channel.IsRemote).Select(channel => channel.Name)];
        string[] dependencies = [.. view.Dependencies.Select(dependency => dependency.Name)];
        (bool Has, string Monitored, string Not)[] parts =
        [
            (coverage.Metrics, texts.Say("page.has_metrics", "/metrics"), texts.Say("page.lacks_metrics", "prometheus.enabled: true")),
            (coverage.Alerts, texts.Say("page.has_alerts", rules, view.Objectives.Count), texts.Say("page.lacks_alerts", "alerts.enabled: true")),
            (!coverage.Alerts || channels.Length > 0 || coverage.Forwards, "", texts.Say("page.lacks_channels", "alerts.channels.email, slack, telegram, webhooks")),
            (channels.Length > 0 && !coverage.Forwards, texts.Say("page.has_channels", string.Join(", ", channels)), ""),
            (coverage.Forwards, texts["page.has_forwarding"], ""),
            (dependencies.Length > 0, texts.Say("page.has_dependencies", dependencies.Length, texts.Most(dependencies, MostNames)), texts.Say("page.lacks_dependencies", "AddMcpMonitoring(\"name\")", "WithMcpMonitoring(\"name\", dependencies)")),
            (coverage.Sentry, texts["page.has_sentry"], texts.Say("page.lacks_sentry", "sentry.dsn")),
            (coverage.Traces, texts["page.has_traces"], texts.Say("page.lacks_traces", "otel.otlp_endpoint")),
            (coverage.TraceLink || !coverage.Traces, "", texts.Say("page.lacks_trace_link", "links.trace", "{trace_id}")),
        ];
        return new CoverageView(
            [texts.Say("page.has_operations", view.Operations.Count), .. parts.Where(part => part is { Has: true, Monitored.Length: > 0 }).Select(part => part.Monitored)],
            [.. parts.Where(part => part is { Has: false, Not.Length: > 0 }).Select(part => part.Not)]);
    }
}
