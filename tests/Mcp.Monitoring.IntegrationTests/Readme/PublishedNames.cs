using System.Text.RegularExpressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The names that a query may use: metrics of the catalogue, with the endings that a histogram's series have, and their labels.</summary>
internal static partial class PublishedNames
{
    public static IReadOnlyList<MetricDefinition> Catalogue { get; } = [.. MetricNames.All, .. DependencyMetricNames.All];

    // Those that Prometheus and the exposition add.
    private static readonly string[] EveryonesLabels = ["job", "instance", "mcp_service", "le"];

    /// <summary>Finds what a query names and nobody publishes: metrics, and the labels in their braces.</summary>
    public static IReadOnlyList<string> UnknownIn(string query)
    {
        var unknown = new List<string>();
        foreach (Match use in Use().Matches(query))
        {
            string name = use.Groups["metric"].Value;
            if (name is "mcp_service")
            {
                continue;
            }

            var definition = Catalogue.FirstOrDefault(metric => SeriesOf(metric).Contains(name, StringComparer.Ordinal));
            if (definition is null)
            {
                unknown.Add(name);
                continue;
            }

            unknown.AddRange(Label().Matches(use.Groups["labels"].Value).Select(label => label.Groups["label"].Value)
                .Except(definition.Labels, StringComparer.Ordinal).Except(EveryonesLabels, StringComparer.Ordinal).Select(label => $"{name}{{{label}}}"));
        }

        return unknown;
    }

    // By its own name it is a native histogram.
    private static string[] SeriesOf(MetricDefinition metric) =>
        metric.Kind is MetricKind.Histogram ? [metric.Name, $"{metric.Name}_bucket", $"{metric.Name}_sum", $"{metric.Name}_count"] : [metric.Name];

    [GeneratedRegex(@"\b(?<metric>mcp_\w+)(\{(?<labels>[^}]*)\})?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Use();

    [GeneratedRegex(@"(?<label>\w+)\s*(=~|!~|!=|=)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Label();
}
