using System.Text.RegularExpressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts;

/// <summary>Writes our metrics under the names that they have on the page: those of the catalogue, with the prefix that is configured.</summary>
internal sealed partial class PrefixedNames(string prefix)
{
    private static readonly Dictionary<string, MetricDefinition> Known =
        MetricNames.All.Concat(DependencyMetricNames.All).SelectMany(Written).ToDictionary(entry => entry.Name, entry => entry.Definition, StringComparer.Ordinal);

    /// <summary>Gets the text with the names in it replaced; labels such as <c>mcp_service</c> are none.</summary>
    public string In(string text) => Name().Replace(text, match =>
        Known.TryGetValue(match.Value, out MetricDefinition? known) ? known.NameWith(prefix) + match.Value[known.Name.Length..] : match.Value);

    private static IEnumerable<(string Name, MetricDefinition Definition)> Written(MetricDefinition definition) =>
        definition.Kind == MetricKind.Histogram
            ? [(definition.Name, definition), (definition.Name + "_bucket", definition), (definition.Name + "_count", definition), (definition.Name + "_sum", definition)]
            : [(definition.Name, definition)];

    [GeneratedRegex(@"\bmcp_[a-z0-9_]+\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
