using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>What is said of an alert that code raised.</summary>
internal static class ManualAlertDescription
{
    private const string Digits = "0.###";
    private const int LongestMessage = 1_000, LongestFact = 300, MostFacts = 10;

    public static AlertDescription Of(string rule, AlertLabels labels, in ManualAlertState noted, AlertTexts texts)
    {
        ManualAlertRaise last = noted.Last;
        string times = noted.Count == 1 ? texts["summary.raised_once"] : texts.Say("summary.raised", noted.Count);
        List<string> facts = [.. (last.Custom?.Facts ?? []).Take(MostFacts).Select(fact => LineSanitizer.Of(fact, LongestFact))];
        (string title, string summary) = rule switch
        {
            ManualAlertNames.Error => ($"{labels[AlertLabels.Operation]}: {texts.Error(labels[ManualAlertNames.ErrorType])}", times),
            ManualAlertNames.Performance => (
                texts.Say("title.raised_metric", labels[ManualAlertNames.Metric], labels[AlertLabels.Operation]),
                texts.Say("summary.raised_metric", last.Value.ToString(Digits, texts.Numbers), last.Limit.ToString(Digits, texts.Numbers), times)),
            ManualAlertNames.Integration => (texts.Say("title.raised_integration", labels[AlertLabels.Dependency]), Message(last.Message) is { Length: > 0 } message ? $"{message}, {times}" : times),
            ManualAlertNames.Truncated => (texts["title.dropped"], texts.Say("summary.dropped", noted.Count)),
            _ => ("", Message(last.Custom?.Summary)),
        };
        if (rule == ManualAlertNames.Integration)
        {
            facts.Add(texts.Say("fact.operation", labels[AlertLabels.Operation]));
        }

        if (last.CorrelationId is { Length: > 0 } correlation)
        {
            facts.Add(texts.Say("fact.correlation", LineSanitizer.Of(correlation, LongestFact)));
        }

        return new AlertDescription(summary, facts, last.Custom?.Runbook, title);
    }

    private static string Message(string? text) => text is null ? "" : LineSanitizer.Of(text, LongestMessage).TrimEnd('.');
}
