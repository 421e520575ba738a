namespace Mcp.Monitoring.Metrics;

/// <summary>Every metric that this library feeds: of the server, and of what it depends on.</summary>
internal static class MetricCatalogue
{
    private static readonly Dictionary<string, MetricDefinition> ByName = MetricNames.All.Concat(DependencyMetricNames.All).ToDictionary(known => known.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<MetricDefinition> All => ByName.Values;

    public static bool Has(string metric) => ByName.ContainsKey(metric);

    /// <summary>Gets the name that a metric has under another prefix than <c>mcp</c>; what is not ours keeps its own.</summary>
    public static string NameWith(string prefix, string metric) => ByName.TryGetValue(metric, out MetricDefinition? known) ? known.NameWith(prefix) : metric;
}
