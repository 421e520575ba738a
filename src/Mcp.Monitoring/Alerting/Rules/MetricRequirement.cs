using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>What the metric of a user's own rule must be, which is seen once there is a series of it.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Kinds">What it may be.</param>
/// <param name="Function">What the rule makes of it.</param>
/// <param name="Edge">What must be an edge of its buckets, if anything.</param>
internal sealed record MetricRequirement(string Metric, IReadOnlyList<MetricKind> Kinds, RuleFunction Function, double? Edge)
{
    private const double Tolerance = 1e-9;

    /// <param name="source">The samples, which hold a series of the metric.</param>
    /// <returns>What is wrong, or <see langword="null"/> where nothing is.</returns>
    public string? Evaluate(ISeriesSource source)
    {
        MetricKind kind = source.Of(Metric)[0].Kind;
        if (!Kinds.Contains(kind))
        {
            return $"{Metric} is a {Word(kind)}, and function {Infrastructure.Validation.SettingNames.Snake(Function.ToString())} needs a {string.Join(" or a ", Kinds.Select(Word))}";
        }

        return Edge is not { } edge || source.Bounds(Metric).Any(bound => Math.Abs(bound - edge) <= Tolerance * edge)
            ? null
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{edge} s is no edge of the buckets of {Metric}; these are {string.Join(", ", source.Bounds(Metric).Select(bound => bound.ToString(System.Globalization.CultureInfo.InvariantCulture)))}");
    }

    public static string Word(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };
}
