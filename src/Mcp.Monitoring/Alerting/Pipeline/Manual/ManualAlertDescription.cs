using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>What is said of an alert that code raised.</summary>
internal static class ManualAlertDescription
{
    private const int LongestMessage = 1_000, LongestFact = 300, MostFacts = 10;

    public static AlertDescription Of(string rule, AlertLabels labels, in ManualAlertState noted)
    {
        ManualAlertRaise last = noted.Last;
        string times = noted.Count == 1 ? "raised once" : Say($"raised {noted.Count} times");
        List<string> facts = [.. (last.Custom?.Facts ?? []).Take(MostFacts).Select(fact => LineSanitizer.Of(fact, LongestFact))];
        (string title, string summary) = rule switch
        {
            ManualAlertNames.Error => ($"{labels[ManualAlertNames.ErrorType]} errors in {labels[AlertLabels.Operation]}", times),
            ManualAlertNames.Performance => ($"{labels[ManualAlertNames.Metric]} too high in {labels[AlertLabels.Operation]}", Say($"{last.Value:0.###}, limit {last.Limit:0.###}, {times}")),
            ManualAlertNames.Integration => ($"{labels[AlertLabels.Dependency]} fails", Message(last.Message) is { Length: > 0 } message ? $"{message}, {times}" : times),
            ManualAlertNames.Truncated => ("too many alerts", Say($"{noted.Count} alerts were dropped because too many are active")),
            _ => ("", Message(last.Custom?.Summary)),
        };
        if (rule == ManualAlertNames.Integration)
        {
            facts.Add($"Operation: {labels[AlertLabels.Operation]}.");
        }

        if (last.CorrelationId is { Length: > 0 } correlation)
        {
            facts.Add($"Correlation id: {LineSanitizer.Of(correlation, LongestFact)}.");
        }

        return new AlertDescription(summary, facts, last.Custom?.Runbook, title);
    }

    private static string Message(string? text) => text is null ? "" : LineSanitizer.Of(text, LongestMessage).TrimEnd('.');

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
