using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>Facts that help to find a cause, each a short sentence, or nothing where there is nothing to say.</summary>
internal static class AnnotationFacts
{
    private const int MostShares = 5;
    private const double LeastShare = 0.05;

    /// <summary>Which operations fail because of the dependency: <c>Tools: get_order 9, get_stock 5.</c></summary>
    public static string? FailingTools(AnnotationContext telling) => Listed(telling, "Tools: ", FailuresOf(telling), AlertLabels.Operation);

    /// <summary>Which operations fail, where the alert is about all.</summary>
    public static string? Operations(AnnotationContext telling, Selector selector) => telling.Operation.Length > 0 ? null : Listed(telling, "Tools: ", selector, AlertLabels.Operation);

    /// <summary>Which kinds of errors there are: <c>timeout 11, integration 3.</c></summary>
    public static string? ErrorTypes(AnnotationContext telling) => Listed(telling, "", FailuresOf(telling), "error_type");

    /// <summary>How calls of the dependency ended that did not succeed: <c>timeout 11, error 3.</c></summary>
    public static string? Outcomes(AnnotationContext telling) => Listed(
        telling, "", new Selector(DependencyMetricNames.IntegrationCallDuration.Name, Dependency(telling), LabelMatcher.Parse("outcome!~\"success|cancelled\"")), "outcome");

    /// <summary>What became of attempts to connect: <c>Connections: refused 3.</c></summary>
    public static string? Connections(AnnotationContext telling) => Listed(
        telling, "Connections: ", new Selector(DependencyMetricNames.IntegrationConnections.Name, Dependency(telling), LabelMatcher.Parse("outcome!=\"success\"")), "outcome");

    /// <summary>Where the breaker of the dependency stands, unless it is closed.</summary>
    public static string? Breaker(AnnotationContext telling)
    {
        if (telling.Dependency.Length == 0)
        {
            return null;
        }

        foreach (SampledSeries series in telling.Series.Of(DependencyMetricNames.CircuitBreakerState.Name))
        {
            string state = series.Label("state");
            if (series.Label(AlertLabels.Dependency) == telling.Alert.Labels[AlertLabels.Dependency] && state != "closed" && telling.Series.Last(series) == 1)
            {
                return $"Breaker {state.Replace('_', '-')}.";
            }
        }

        return null;
    }

    /// <summary>When something succeeded last: <c>Last success 02:59:41.</c>, and since when nobody has called, where that is long ago.</summary>
    public static string LastSuccess(AnnotationContext telling, Selector successes) => LastSuccess(telling, telling.Alert.Labels, successes);

    public static string LastSuccess(AnnotationContext telling, AlertLabels labels, Selector successes)
    {
        Selector own = successes.Of(labels);
        TimeSpan ago = LastChange.Ago(window => telling.Count(own, window), OutcomeTracker.Memory);
        string success = ago < OutcomeTracker.Memory ? $"Last success {telling.TimeOf(telling.LastSuccess(telling.Now - ago))}."
            : telling.Now < OutcomeTracker.Memory ? "No success since the start."
            : "No success for a day.";
        return telling.NoCallsSince is { } last ? $"{success} No calls since {telling.TimeOf(last)}." : success;
    }

    /// <summary>In what an operation spends its time: <c>Share of time in 1c: 92 %.</c></summary>
    public static string? ShareOfTime(AnnotationContext telling) =>
        RootCauseDependency.OfTime(telling.Series, telling.Alert.Labels[AlertLabels.Operation], telling.Times.Window) is { } found && found.Share >= LeastShare
            ? $"Share of time in {Infrastructure.Redaction.TextCut.At(found.Dependency, 80)}: {Wording.Percent(found.Share)}{telling.Times.Said}."
            : null;

    /// <summary>Which operations spend their time in the dependency: <c>Tools: get_order 92 % of its time, get_stock 88 %.</c></summary>
    public static string? SlowedTools(AnnotationContext telling)
    {
        (string Name, double Share)[] shares = [.. RootCauseDependency.SharesIn(telling.Series, telling.Alert.Labels[AlertLabels.Dependency], telling.Times.Window).Where(entry => entry.Share >= LeastShare)];
        return shares.Length == 0 ? null : $"Time spent in it: {string.Join(", ", shares.Take(MostShares).Select(entry => $"{Infrastructure.Redaction.TextCut.At(entry.Name, 80)} {Wording.Percent(entry.Share)}"))}"
            + $"{(shares.Length > MostShares ? $", {shares.Length - MostShares} others" : "")}{telling.Times.Said}.";
    }

    /// <summary>Who is asked about the operation.</summary>
    public static string? Owner(AnnotationContext telling) => telling.Operation.Length > 0 && telling.Traits.Owner is { Length: > 0 } owner ? $"Owner: {Infrastructure.Redaction.TextCut.At(owner, 80)}." : null;

    /// <summary>How often something happened, by the values of a label.</summary>
    public static string? Listed(AnnotationContext telling, string before, Selector selector, string label) =>
        telling.CountBy(selector, label, telling.Counts.Window) is { Count: > 0 } counted ? $"{before}{Wording.Most(counted)}{telling.Counts.Said}." : null;

    private static Selector FailuresOf(AnnotationContext telling) =>
        Selector.Of(MetricNames.Errors.Name, Root.Types, Selectors.OfTools.Equals(telling.Level.Calls) ? "outcome=\"tool_error\"" : "outcome=\"server_error\"").Of(telling.Alert.Labels);

    private static LabelMatcher Dependency(AnnotationContext telling) => LabelMatcher.Equal(AlertLabels.Dependency, telling.Alert.Labels[AlertLabels.Dependency]);
}
