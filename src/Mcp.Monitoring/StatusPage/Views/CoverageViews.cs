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
            (coverage.Metrics, texts["page.has.metrics"], texts["page.lacks.metrics"]),
            (coverage.Alerts, texts.Say("page.has.alerts", rules, view.Objectives.Count), texts["page.lacks.alerts"]),
            (!coverage.Alerts || channels.Length > 0 || coverage.Forwards, "", texts["page.lacks.channels"]),
            (channels.Length > 0, texts.Say("page.has.channels", string.Join(", ", channels)), ""),
            (coverage.Forwards, texts["page.has.forwarding"], ""),
            (dependencies.Length > 0, texts.Say("page.has.dependencies", dependencies.Length, texts.Most(dependencies, MostNames)), texts["page.lacks.dependencies"]),
            (coverage.Sentry, texts["page.has.sentry"], texts["page.lacks.sentry"]),
            (coverage.Traces, texts["page.has.traces"], texts["page.lacks.traces"]),
            (coverage.TraceLink || !coverage.Traces, "", texts["page.lacks.trace_link"]),
        ];
        return new CoverageView(
            [texts.Say("page.has.operations", view.Operations.Count), .. parts.Where(part => part is { Has: true, Monitored.Length: > 0 }).Select(part => part.Monitored)],
            [.. parts.Where(part => part is { Has: false, Not.Length: > 0 }).Select(part => part.Not)]);
    }
}
