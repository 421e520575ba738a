using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Checks a rule of the user's own against what is known of its metric: of ours all, of others that they are kept for an hour.</summary>
internal static class MetricRules
{
    private static readonly TimeSpan LongestOfOthers = TimeSpan.FromHours(1);
    private static readonly string[] Parts = ["_sum", "_count", "_created"];
    private static readonly MetricDefinition[] Known = [.. MetricCatalogue.All];

    // The labels of which all values are known, where operations are counted.
    private static readonly Dictionary<string, string[]> ClosedLists = new(StringComparer.Ordinal)
    {
        ["outcome"] = [.. OperationLabels.Outcomes.Select(outcome => outcome.Label())],
        ["error_type"] = [.. OperationLabels.ErrorTypes.Select(type => type.Label())],
        ["operation_type"] = [.. OperationLabels.Types.Select(type => type.Label()), "http"],
    };

    /// <param name="options">A rule whose own settings are right, one by one.</param>
    /// <param name="prefix">How the names of our metrics begin for the user.</param>
    public static IEnumerable<Fault> Check(AlertRuleOptions options, string prefix)
    {
        if (string.IsNullOrEmpty(options.Metric))
        {
            return [];
        }

        if (Find(options.Metric, prefix) is not { } metric)
        {
            return SettingRules.Faults(CheckPart(options.Metric, prefix), CheckWindow(options));
        }

        return
        [
            .. SettingRules.Faults(CheckKind(options, metric)),
            .. CheckMatchers(nameof(options.Labels), options.Labels, metric),
            .. CheckMatchers(nameof(options.Of), options.Of, metric),
            .. from entry in options.By.Index()
               where AlertNames.IsName(entry.Item) && !metric.Labels.Contains(entry.Item, StringComparer.Ordinal)
               select Fault.Of($"{nameof(options.By)}:{entry.Index}", entry.Item, LabelRemedy(entry.Item, metric)),
        ];
    }

    private static MetricDefinition? Find(string name, string prefix) => Array.Find(Known, metric => metric.NameWith(prefix) == name);

    private static Fault? CheckPart(string name, string prefix) =>
        Array.Find(Parts, part => name.EndsWith(part, StringComparison.Ordinal)) is { } part && Find(name[..^part.Length], prefix) is { Kind: MetricKind.Histogram }
            ? Fault.Of(nameof(AlertRuleOptions.Metric), name, $"Leave out {part}: the rule reads the whole histogram.")
            : null;

    private static Fault? CheckWindow(AlertRuleOptions options) => options.Window > LongestOfOthers
        ? Fault.Of(nameof(options.Window), options.Window, "Set it to an hour or less: the metrics of other meters are kept for so long.")
        : null;

    private static Fault? CheckKind(AlertRuleOptions options, MetricDefinition metric)
    {
        RuleFunction function = options.Function ?? RuleFunction.Value;
        MetricKind[] kinds = Catalogue.UserDefinedRule.KindsFor(function);
        return kinds.Contains(metric.Kind) ? null : new Fault(
            nameof(options.Function),
            $"is {SettingNames.Snake(function.ToString())}, which needs a {string.Join(" or a ", kinds.Select(MetricRequirement.Word))}, and {options.Metric} is a {MetricRequirement.Word(metric.Kind)}",
            metric.Kind switch
            {
                MetricKind.Histogram => "Set it to quantile or fraction_below.",
                MetricKind.Gauge => "Set it to value, or leave it out.",
                _ => "Set it to rate, increase or ratio.",
            });
    }

    private static IEnumerable<Fault> CheckMatchers(string path, IList<string> matchers, MetricDefinition metric)
    {
        foreach ((int index, string text) in matchers.Index())
        {
            if (!LabelMatcher.TryParse(text, out LabelMatcher? matcher, out _))
            {
                continue;
            }

            if (!metric.Labels.Contains(matcher.Name, StringComparer.Ordinal))
            {
                yield return Fault.Of($"{path}:{index}", text, LabelRemedy(matcher.Name, metric));
            }
            else if (MetricNames.All.Contains(metric) && ClosedLists.GetValueOrDefault(matcher.Name) is { } values && !values.Any(value => matcher.Matches(value) == matcher.IsEqual))
            {
                yield return new Fault($"{path}:{index}", $"is \"{Printable.Cut(text)}\", which is none", $"{NearestName.Suggest(matcher.Value, values)}There are: {string.Join(", ", values)}.");
            }
        }
    }

    private static string LabelRemedy(string name, MetricDefinition metric) => metric.Labels.Length == 0
        ? $"Leave it out: {metric.Name} has no labels."
        : $"{NearestName.Suggest(name, metric.Labels)}The labels of {metric.Name} are: {string.Join(", ", metric.Labels)}.";
}
