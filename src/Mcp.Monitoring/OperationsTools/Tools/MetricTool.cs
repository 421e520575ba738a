using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>query_metric</c>: what rules of the user's own can say.</summary>
internal static class MetricTool
{
    private const int MostValues = 50;
    private const double LongestSeconds = 86_400;

    private static readonly TimeSpan UsualWindow = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, RuleFunction> Functions = Enum.GetValues<RuleFunction>().ToDictionary(function => SettingNames.Snake(function.ToString()), StringComparer.Ordinal);

    private static readonly TextArgument Metric = new("metric", "Its name at /metrics, such as mcp_operations_total; of a histogram without _bucket.") { IsRequired = true };
    private static readonly TextsArgument Labels = new("labels", "Which series, as matchers: outcome=\"server_error\", with =, !=, =~ or !~.");
    private static readonly TextsArgument By = new("by", "By which labels they are added up, such as operation. Left out, all are one.");

    private static readonly ChoiceArgument Function = new(
        "function",
        "value: the newest (the default); rate: per second; increase; ratio: increase as a share of that of the series of of; quantile and fraction_below: of a histogram.",
        [.. Functions.Keys]);

    private static readonly TextsArgument Of = new("of", "For ratio: which series are the whole, as matchers. Left out, all of the metric.");
    private static readonly NumberArgument Quantile = new("quantile", "For quantile: which, such as 0.95.", 0, 1);
    private static readonly NumberArgument Below = new("below", "For fraction_below: the limit in seconds, an edge of the histogram.", 0, LongestSeconds);
    private static readonly IntegerArgument Window = new("window", "Over which time, in seconds; 300 where it is left out, and left out for value.", 10, (int)LongestSeconds);

    private static readonly ToolDescription Description = new()
    {
        Name = ToolNames.Metric,
        Title = "Query a metric",
        Description = "Calculates one number of a metric of this server now, for each combination of labels: over 10 seconds to a day, of histograms to an hour. Counters are never reset.",
        Arguments = [Metric, Labels, By, Function, Of, Quantile, Below, Window],
    };

    public static McpServerTool Create(ToolFactory factory) => factory.Create(Description, AnswersJson.Default.MetricAnswer, async (arguments, _, cancellationToken) =>
    {
        AlertRuleOptions rule = RuleOf(arguments);
        MetricReading reading = await factory.Sources.Metrics.ReadAsync(rule, cancellationToken).ConfigureAwait(false);
        bool hasWindow = rule.Function != RuleFunction.Value;
        return new MetricAnswer
        {
            Function = SettingNames.Snake(rule.Function!.Value.ToString()),
            Unit = SettingNames.Snake(reading.Unit.ToString()),
            WindowSeconds = hasWindow ? (rule.Window ?? UsualWindow).TotalSeconds : null,
            CoveredSeconds = hasWindow ? Answers.Values.Rounded(reading.Covered.TotalSeconds) : null,
            Values = [.. reading.Values.OrderByDescending(point => point.Value).Take(MostValues).Select(point => ValueOf(point, MetricCatalogue.Has(rule.Metric!)))],
            Total = reading.Values.Count,
        };
    });

    private static MetricValueAnswer ValueOf(MetricPoint point, bool isOurs) =>
        new(Answers.Values.Rounded(point.Value) ?? 0, LabelsAnswer.Of(point.Labels, isOurs), new MetricText(LabelsAnswer.Others(point.Labels, isOurs)));

    // The name is that of no rule of the catalogue, and the threshold one that any function may have: nobody compares with it.
    private static AlertRuleOptions RuleOf(ToolArguments arguments) => new()
    {
        Name = "Query",
        Metric = arguments.Text(Metric),
        Labels = [.. arguments.Texts(Labels)],
        By = [.. arguments.Texts(By)],
        Function = arguments.Text(Function) is { } function ? Functions[function] : RuleFunction.Value,
        Of = [.. arguments.Texts(Of)],
        Quantile = arguments.Number(Quantile),
        Below = arguments.Number(Below) is { } below ? TimeSpan.FromSeconds(below) : null,
        Window = arguments.Has(Window) ? TimeSpan.FromSeconds(arguments.Integer(Window)) : null,
        Threshold = 0.5,
    };
}
