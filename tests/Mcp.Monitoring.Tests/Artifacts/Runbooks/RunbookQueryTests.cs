using System.Text.RegularExpressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Tests.Artifacts.Runbooks;

/// <summary>What the queries of runbooks name.</summary>
public partial class RunbookQueryTests
{
    // Those that the page and histograms add.
    private static readonly string[] EveryonesLabels = ["mcp_service", "le"];

    private static readonly Dictionary<string, MetricDefinition> Series = MetricNames.All.Concat(DependencyMetricNames.All).SelectMany(SeriesOf).ToDictionary(entry => entry.Name, entry => entry.Of);

    public static TheoryData<string> Queries() => [.. RunbookQueries.Of(RunbookInputs.Page()).Select(query => query.Query).Distinct()];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_names_metrics_of_the_catalogue_and_their_labels(string query)
    {
        string[] metrics = [.. Selector().Matches(query).Select(match => match.Groups["metric"].Value).Where(name => name != "mcp_service").Distinct()];
        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.True(Series.ContainsKey(metric), $"Nobody publishes {metric}."));
        foreach (Match selector in Selector().Matches(query))
        {
            Assert.All(
                Matcher().Matches(selector.Groups["labels"].Value).Select(matcher => matcher.Groups["label"].Value),
                label => Assert.Contains(label, Series[selector.Groups["metric"].Value].Labels.Concat(EveryonesLabels)));
        }

        IEnumerable<string> known = metrics.SelectMany(metric => Series[metric].Labels).Concat(EveryonesLabels);
        Assert.All(Grouped().Matches(query).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries)), label => Assert.Contains(label, known));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_keeps_services_apart_and_has_nothing_to_fill_in(string query)
    {
        Assert.DoesNotContain('$', query);
        Assert.DoesNotContain('<', query);

        // What runs here says so by a label of its own.
        string label = query.Contains(MetricNames.BuildInfo.Name, StringComparison.Ordinal) ? "service" : "mcp_service";
        Assert.All(Grouped().Matches(query), match => Assert.Contains(label, match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries)));
        Assert.NotEmpty(Grouped().Matches(query));
    }

    private static IEnumerable<(string Name, MetricDefinition Of)> SeriesOf(MetricDefinition metric) => metric.Kind is MetricKind.Histogram
        ? [($"{metric.Name}_bucket", metric), ($"{metric.Name}_sum", metric), ($"{metric.Name}_count", metric)]
        : [(metric.Name, metric)];

    [GeneratedRegex(@"\b(?<metric>mcp_\w+)(\{(?<labels>[^}]*)\})?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*(=~|!~|!=|=)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b(by|on) \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Grouped();
}
