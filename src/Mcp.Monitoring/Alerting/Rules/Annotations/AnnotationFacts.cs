using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>Facts that help to find a cause, each a short sentence, or nothing where there is nothing to say.</summary>
internal static class AnnotationFacts
{
    private const string Outcome = "outcome";
    private const int MostShares = 5;
    private const double LeastShare = 0.05;

    /// <summary>Which operations fail because of the dependency: <c>Tools: get_order 9, get_stock 5.</c></summary>
    public static string? FailingTools(AnnotationContext context) => Listed(context, "fact.tools", FailuresOf(context), AlertLabels.Operation);

    /// <summary>Which operations fail, where the alert is about all.</summary>
    public static string? Operations(AnnotationContext context, Selector selector) => context.Operation.Length > 0 ? null : Listed(context, "fact.tools", selector, AlertLabels.Operation);

    /// <summary>Which kinds of errors there are: <c>Errors: timeout 11, integration 3.</c></summary>
    public static string? ErrorTypes(AnnotationContext context) => Listed(context, "fact.errors", FailuresOf(context), "error_type", LabelWords.Error);

    /// <summary>How calls of the dependency ended that did not succeed: <c>Errors: timeout 11, other 3.</c></summary>
    public static string? Outcomes(AnnotationContext context) =>
        Outcomes(context, new Selector(DependencyMetricNames.IntegrationCallDuration.Name, Dependency(context), LabelMatcher.Parse("outcome!~\"success|cancelled\"")));

    /// <summary>How calls ended that did not succeed; nothing where all that is known is that they failed, which the summary says.</summary>
    public static string? Outcomes(AnnotationContext context, Selector failed) =>
        context.CountBy(failed, Outcome, context.Counts.Window) is [(LabelWords.AnyError, _)] ? null : Listed(context, "fact.errors", failed, Outcome, LabelWords.Outcome);

    /// <summary>What became of attempts to connect: <c>Connections: refused 3.</c></summary>
    public static string? Connections(AnnotationContext context) => Listed(
        context, "fact.connections", new Selector(DependencyMetricNames.IntegrationConnections.Name, Dependency(context), LabelMatcher.Parse("outcome!=\"success\"")), Outcome, LabelWords.Outcome);

    /// <summary>Where the breaker of the dependency stands, unless it is closed.</summary>
    public static string? Breaker(AnnotationContext context)
    {
        if (context.Dependency.Length == 0)
        {
            return null;
        }

        foreach (SampledSeries series in context.Series.Of(DependencyMetricNames.CircuitBreakerState.Name))
        {
            string state = series.Label("state");
            if (series.Label(AlertLabels.Dependency) == context.Alert.Labels[AlertLabels.Dependency] && state != "closed" && context.Series.Last(series) == 1)
            {
                return context.Texts[state switch
                {
                    "isolated" => "fact.breaker_isolated",
                    "half_open" => "fact.breaker_half_open",
                    _ => "fact.breaker_open",
                }];
            }
        }

        return null;
    }

    /// <summary>When something succeeded last: <c>Last success 02:59:41.</c>, and since when nobody has called, where that is long ago.</summary>
    public static string LastSuccess(AnnotationContext context, Selector successes) => LastSuccess(context, context.Alert.Labels, successes);

    public static string LastSuccess(AnnotationContext context, AlertLabels labels, Selector successes)
    {
        Selector own = successes.Of(labels);
        TimeSpan ago = LastChange.Ago(window => context.Count(own, window), OutcomeTracker.Memory);
        string success = ago < OutcomeTracker.Memory ? context.Say("fact.last_success", context.TimeOf(context.LastSuccess(context.Now - ago)))
            : context.Texts[context.Now < OutcomeTracker.Memory ? "fact.no_success_since_start" : "fact.no_success_for_a_day"];
        return context.NoCallsSince is { } last ? $"{success} {context.Say("fact.no_calls_since", context.TimeOf(last))}" : success;
    }

    /// <summary>In what an operation spends its time: <c>Share of time in 1c: 92 %.</c></summary>
    public static string? ShareOfTime(AnnotationContext context) =>
        RootCauseDependency.OfTime(context.Series, context.Alert.Labels[AlertLabels.Operation], context.Times.Window) is { } found && found.Share >= LeastShare
            ? context.Say("fact.share_of_time", AnnotationContext.Short(found.Dependency), context.Texts.Percent(found.Share) + context.Times.Said)
            : null;

    /// <summary>Which operations spend their time in the dependency: <c>Tools: get_order 92 % of its time, get_stock 88 %.</c></summary>
    public static string? SlowedTools(AnnotationContext context)
    {
        (string Operation, double Share)[] shares = [.. RootCauseDependency.SharesIn(context.Series, context.Alert.Labels[AlertLabels.Dependency], context.Times.Window).Where(entry => entry.Share >= LeastShare)];
        string[] said = [.. shares.Select(entry => $"{AnnotationContext.Short(entry.Operation)} {context.Texts.Percent(entry.Share)}")];
        return said.Length == 0 ? null : context.Say("fact.time_in_it", context.Texts.Most(said, MostShares) + context.Times.Said);
    }

    /// <summary>Who is asked about the operation.</summary>
    public static string? Owner(AnnotationContext context) => context.Operation.Length > 0 && context.Traits.Owner is { Length: > 0 } owner ? context.Say("fact.owner", AnnotationContext.Short(owner)) : null;

    /// <summary>How often something happened, by the values of a label.</summary>
    /// <param name="context">The alert.</param>
    /// <param name="key">The text around the list.</param>
    /// <param name="selector">What happened.</param>
    /// <param name="label">The label.</param>
    /// <param name="word">The word for a value, where people read another than the value.</param>
    public static string? Listed(AnnotationContext context, string key, Selector selector, string label, Func<AlertTexts, string, string>? word = null)
    {
        if (context.CountBy(selector, label, context.Counts.Window) is not { Count: > 0 } counted)
        {
            return null;
        }

        (string, double)[] named = [.. counted.Select(entry => (word is null ? entry.Name : word(context.Texts, entry.Name), entry.Count))];
        return context.Say(key, context.Texts.Most(named) + context.Counts.Said);
    }

    private static Selector FailuresOf(AnnotationContext context) =>
        Selector.Of(MetricNames.Errors.Name, Root.Types, Selectors.OfTools.Equals(context.Level.Calls) ? "outcome=\"tool_error\"" : "outcome=\"server_error\"").Of(context.Alert.Labels);

    private static LabelMatcher Dependency(AnnotationContext context) => LabelMatcher.Equal(AlertLabels.Dependency, context.Alert.Labels[AlertLabels.Dependency]);
}
