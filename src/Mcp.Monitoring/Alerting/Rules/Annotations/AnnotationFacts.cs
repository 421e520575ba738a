using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>Facts that help to find a cause, each a short sentence, or nothing where there is nothing to say.</summary>
internal static class AnnotationFacts
{
    /// <summary>A list that needs no words.</summary>
    public const string Plain = "";

    private const int MostShares = 5;
    private const double LeastShare = 0.05;

    /// <summary>Which operations fail because of the dependency: <c>Tools: get_order 9, get_stock 5.</c></summary>
    public static string? FailingTools(AnnotationContext context) => Listed(context, "fact.tools", FailuresOf(context), AlertLabels.Operation);

    /// <summary>Which operations fail, where the alert is about all.</summary>
    public static string? Operations(AnnotationContext context, Selector selector) => context.Operation.Length > 0 ? null : Listed(context, "fact.tools", selector, AlertLabels.Operation);

    /// <summary>Which kinds of errors there are: <c>timeout 11, integration 3.</c></summary>
    public static string? ErrorTypes(AnnotationContext context) => Listed(context, Plain, FailuresOf(context), "error_type");

    /// <summary>How calls of the dependency ended that did not succeed: <c>timeout 11, error 3.</c></summary>
    public static string? Outcomes(AnnotationContext context) => Listed(
        context, Plain, new Selector(DependencyMetricNames.IntegrationCallDuration.Name, Dependency(context), LabelMatcher.Parse("outcome!~\"success|cancelled\"")), "outcome");

    /// <summary>What became of attempts to connect: <c>Connections: refused 3.</c></summary>
    public static string? Connections(AnnotationContext context) => Listed(
        context, "fact.connections", new Selector(DependencyMetricNames.IntegrationConnections.Name, Dependency(context), LabelMatcher.Parse("outcome!=\"success\"")), "outcome");

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
    public static string? Listed(AnnotationContext context, string key, Selector selector, string label)
    {
        if (context.CountBy(selector, label, context.Counts.Window) is not { Count: > 0 } counted)
        {
            return null;
        }

        string listed = context.Texts.Most(counted) + context.Counts.Said;
        return key == Plain ? $"{listed}." : context.Say(key, listed);
    }

    private static Selector FailuresOf(AnnotationContext context) =>
        Selector.Of(MetricNames.Errors.Name, Root.Types, Selectors.OfTools.Equals(context.Level.Calls) ? "outcome=\"tool_error\"" : "outcome=\"server_error\"").Of(context.Alert.Labels);

    private static LabelMatcher Dependency(AnnotationContext context) => LabelMatcher.Equal(AlertLabels.Dependency, context.Alert.Labels[AlertLabels.Dependency]);
}
