using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>A rule of the user's own, made of the same parts as those of the catalogue.</summary>
internal static class UserDefinedRule
{
    public const double UsualQuantile = 0.95;

    /// <summary>Makes the rule of options that <see cref="AlertRuleValidator"/> found no fault with.</summary>
    /// <param name="options">The options.</param>
    /// <param name="metric">The metric as it is called among the samples.</param>
    public static AlertRule Build(AlertRuleOptions options, string metric)
    {
        RuleNumbers numbers = new RuleNumbers { Name = options.Name }.With(options);
        RuleFunction function = options.Function ?? RuleFunction.Value;
        RuleComparison comparison = options.Comparison ?? RuleComparison.Above;
        var series = new Selector(metric, Matchers.Parse(options.Labels));
        var whole = new Selector(metric, Matchers.Parse(options.Of));
        Expression value = Value(options, function, series, whole, numbers.Window);
        Expression condition = numbers.Beyond(value, comparison);
        if (numbers.MinimumCalls > 0)
        {
            condition = condition.OnlyIf(Count(function, function == RuleFunction.Ratio ? whole : series, numbers.Window).AtLeast(numbers.MinimumCalls));
        }

        if (numbers.MinimumFailures > 0)
        {
            condition = condition.OnlyIf(Count(function, series, numbers.Window).AtLeast(numbers.MinimumFailures));
        }

        var annotations = new AlertAnnotations(
            "meaning.own",
            context => About(context, options.By),
            context => context.Say("summary.own", options.Metric ?? "", context.Texts.Number(context.Alert.Value), context.Texts.Number(context.Alert.Limit)));
        return numbers.Rule([.. options.By], annotations, numbers.Level(AlertSeverity.Medium, condition, value)) with
        {
            LowIsBad = comparison is RuleComparison.Below or RuleComparison.AtMost,
            Requirement = new MetricRequirement(metric, KindsFor(function), function, options.Below?.TotalSeconds),
            HasOwnLabelSets = true,
            IsPerInstance = function == RuleFunction.Value,
        };
    }

    private static Expression Value(AlertRuleOptions options, RuleFunction function, Selector series, Selector whole, TimeSpan window) => function switch
    {
        RuleFunction.Value => new SeriesSum(series, SeriesFunction.Last),
        RuleFunction.Rate => new SeriesSum(series, SeriesFunction.Rate, window),
        RuleFunction.Increase => new SeriesSum(series, SeriesFunction.Increase, window),
        RuleFunction.Ratio => new SeriesSum(series, SeriesFunction.Increase, window) / new SeriesSum(whole, SeriesFunction.Increase, window),
        RuleFunction.Quantile => new Quantile(options.Quantile ?? UsualQuantile, new HistogramIncrease(series, window)),
        _ => new FractionBelow(options.Below!.Value.TotalSeconds, new HistogramIncrease(series, window)),
    };

    private static Expression Count(RuleFunction function, Selector series, TimeSpan window) =>
        new SeriesSum(series, SeriesFunction.Count, window, isHistogram: function is RuleFunction.Quantile or RuleFunction.FractionBelow).OrZero();

    public static MetricKind[] KindsFor(RuleFunction function) => function switch
    {
        RuleFunction.Value => [MetricKind.Gauge, MetricKind.Counter],
        RuleFunction.Quantile or RuleFunction.FractionBelow => [MetricKind.Histogram],
        _ => [MetricKind.Counter],
    };

    private static string About(AnnotationContext context, IEnumerable<string> by)
    {
        string[] values = [.. by.Select(context.Label).Where(value => value.Length > 0)];
        return values.Length == 0 ? context.Alert.Rule : $"{context.Alert.Rule} {string.Join(' ', values)}";
    }
}
