using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>Which dependencies the failures of an alert come from, or its time is spent in: a sentence that Prometheus fills by a query when the alert fires.</summary>
internal static class BlamedDependencies
{
    private const string Most = "3", Placeholder = "%q";

    private static readonly string Named = $"{AlertLabels.Dependency}!~\"{OperationLabels.None}|\"";

    /// <returns>A template that is empty where no dependency has a part in it.</returns>
    public static string Of(AlertRule rule, RuleLevel level, PromQLFormat format, AlertTexts texts)
    {
        Blame blame = level.Blame == Blame.None ? rule.Blame : level.Blame;
        return blame switch
        {
            Blame.Errors => Sentence(Selectors.ErrorsOfServer, Selectors.ByOperation, "rule.blame_errors", "printf \"%.0f\" $of.Value"),
            Blame.Time => Sentence(Selectors.DependencyTime, [AlertLabels.Operation], "rule.blame_time", "humanizeDuration $of.Value"),
            _ => "",
        };

        string Sentence(Selector selector, IReadOnlyList<string> by, string text, string value)
        {
            TimeSpan window = level.Window == default ? RootCauseDependency.Window : level.Window;
            string[] labels = [.. format.Service, .. rule.By.Intersect(by, StringComparer.Ordinal)];
            Selector ofAlert = labels.Aggregate(selector.With(Named), (narrowed, label) => narrowed.With(LabelMatcher.Equal(label, Placeholder)));
            string sum = (format with { By = [AlertLabels.Dependency] }).Sum($"increase({ofAlert.ToPromQL(format).Replace($"\"{Placeholder}\"", Placeholder, StringComparison.Ordinal)}[{format.Window(window)}])");
            string query = $"printf `topk({Most}, {sum} > 0)` {string.Join(' ', labels.Select(label => $"$labels.{label}"))} | query";
            string each = $"{{{{ range $number, $of := . }}}}{{{{ if $number }}}}, {{{{ end }}}}{{{{ $of.Labels.{AlertLabels.Dependency} }}}} {{{{ {value} }}}}{{{{ end }}}}";
            return $"{{{{ with {query} }}}} {texts.Say(text, texts.Span(window), each)}.{{{{ end }}}}";
        }
    }
}
