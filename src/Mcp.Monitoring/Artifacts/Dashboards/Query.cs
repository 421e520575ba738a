using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Writes PromQL about what the variables of a dashboard choose.</summary>
/// <param name="prefix">How the names of our metrics begin.</param>
internal sealed class Query(string prefix)
{
    /// <summary>What every selector carries.</summary>
    public const string Chosen = "job=~\"$job\", mcp_service=~\"$service\", instance=~\"$instance\"";

    private const string UsualPrefix = "mcp";

    /// <summary>Writes series of one of our metrics.</summary>
    public string Series(Selector selector, string suffix = "") => Written(Name(selector) + suffix, MatchersOf(selector));

    public string Series(MetricDefinition metric, params string[] matchers) => Series(Selector.Of(metric.Name, matchers));

    /// <summary>Writes series of a metric of .NET's own.</summary>
    public static string Bridged(string metric, string matchers = "") => Written(metric, matchers);

    /// <summary>Writes series of all services, whatever the variables say.</summary>
    public string OfAll(Selector selector, string suffix = "") => MatchersOf(selector) is { Length: > 0 } matchers ? $"{Name(selector)}{suffix}{{{matchers}}}" : Name(selector) + suffix;

    public string OfAll(MetricDefinition metric, params string[] matchers) => OfAll(Selector.Of(metric.Name, matchers));

    /// <summary>How many a second, summed.</summary>
    public string Rate(string[] by, Selector selector) => Sum(by, Rate(Series(selector, SuffixOf(selector))));

    public string Rate(string[] by, MetricDefinition metric, params string[] matchers) => Rate(by, Selector.Of(metric.Name, matchers));

    /// <summary>How many in the time that is shown.</summary>
    public string Total(string[] by, Selector selector) => Sum(by, $"increase({Series(selector, SuffixOf(selector))}[$__range])");

    public string Total(string[] by, MetricDefinition metric, params string[] matchers) => Total(by, Selector.Of(metric.Name, matchers));

    /// <summary>How many since the bar before; over a longer time some would be in two bars.</summary>
    public string Steps(string[] by, MetricDefinition metric, params string[] matchers) => Steps(by, Selector.Of(metric.Name, matchers));

    public string Steps(string[] by, Selector selector) => Sum(by, $"increase({Series(selector, SuffixOf(selector))}[$__interval])");

    public string Sum(string[] by, MetricDefinition gauge, params string[] matchers) => Sum(by, Series(gauge, matchers));

    public string Max(string[] by, MetricDefinition gauge, params string[] matchers) => PromQL.Aggregate("max", by, Series(gauge, matchers));

    public string Min(string[] by, MetricDefinition gauge, params string[] matchers) => PromQL.Aggregate("min", by, Series(gauge, matchers));

    /// <summary>A percentile at each point; absent where nothing was measured.</summary>
    public string Quantile(double quantile, string[] by, Selector selector) => Quantile(quantile, by, Rate(Series(selector, "_bucket")));

    public string Quantile(double quantile, string[] by, MetricDefinition metric, params string[] matchers) => Quantile(quantile, by, Selector.Of(metric.Name, matchers));

    /// <summary>A percentile of the time that is shown.</summary>
    public string QuantileOfRange(double quantile, string[] by, Selector selector) => Quantile(quantile, by, $"increase({Series(selector, "_bucket")}[$__range])");

    /// <summary>How many calls a second were no slower. The time must be an edge of the histogram; Prometheus 3 writes the whole ones with a fraction.</summary>
    public string RateBelow(Selector selector, double seconds)
    {
        string edge = PromQL.Text(seconds);
        string matcher = seconds % 1 == 0 ? $"le=~\"{edge}(\\\\.0)?\"" : $"le=\"{edge}\"";
        return Sum([], Rate(Written(Name(selector) + "_bucket", $"{MatchersOf(selector)}, {matcher}")));
    }

    /// <summary>How many of each bucket since the column before.</summary>
    public string Buckets(Selector selector) => Sum(["le"], $"increase({Series(selector, "_bucket")}[$__interval])");

    /// <summary>A share; absent where there is no whole.</summary>
    public static string Share(string part, string whole) => $"{part} / ({whole} > 0)";

    /// <summary>A share of which the parts have more labels than the whole.</summary>
    public static string ShareBy(string part, string label, string whole) => $"{part} / on ({label}) group_left () ({whole} > 0)";

    /// <summary>A share of which the part has no series before it first happens.</summary>
    public static string ShareOrZero(string part, string whole) => $"({part} or 0 * {whole}) / ({whole} > 0)";

    public static string Quantile(double quantile, string[] by, string buckets) => $"histogram_quantile({PromQL.Text(quantile)}, {Sum([.. by, "le"], buckets)}) >= 0";

    public static string Rate(string series) => $"rate({series}[$__rate_interval])";

    public static string Sum(string[] by, string inner) => PromQL.Aggregate("sum", by, inner);

    /// <summary>Leaves out what another query has not got.</summary>
    public static string Where(string inner, string[] by, string other) => $"{inner} and on ({string.Join(", ", by)}) ({other})";

    /// <summary>The largest few.</summary>
    public static string Top(int count, string inner) => $"topk({count}, {inner})";

    // What is counted of a histogram is its observations.
    private static string SuffixOf(Selector selector) => selector.IsOfTimes ? "_count" : "";

    private static string MatchersOf(Selector selector) => selector.ToString()[selector.Metric.Length..].TrimStart('{').TrimEnd('}');

    private string Name(Selector selector) => prefix + selector.Metric[UsualPrefix.Length..];

    private static string Written(string name, string matchers) => matchers.Length == 0 ? $"{name}{{{Chosen}}}" : $"{name}{{{Chosen}, {matchers}}}";
}
