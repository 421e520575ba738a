using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>What Alertmanager's templates can say of an alert.</summary>
internal static class PostedAnnotations
{
    private const int LongestSummary = 500, LongestFact = 300, MostFacts = 10;

    public static IReadOnlyDictionary<string, string> Of(ActiveAlert alert, string? dashboard)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("summary", Summary(alert));
        Add("description", string.Join(' ', alert.Description.Facts.Take(MostFacts).Select(fact => LineSanitizer.Of(fact, LongestFact)).Where(fact => fact.Length > 0)));
        Add("runbook_url", PostedLink.Of(alert.Description.Runbook));
        Add("dashboard_url", PostedLink.Of(dashboard));
        return annotations;

        void Add(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                annotations.Add(name, text);
            }
        }
    }

    private static string Summary(ActiveAlert alert)
    {
        string title = AlertTitle.Of(alert);
        string summary = LineSanitizer.Of(alert.Description.Summary, LongestSummary);
        return summary.Length == 0 ? title : $"{title}: {summary}";
    }
}
