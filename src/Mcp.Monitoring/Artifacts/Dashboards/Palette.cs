using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>The colours, of which each means the same on all dashboards.</summary>
internal static class Palette
{
    public const string Good = "green", Notice = "blue", Warning = "yellow", Serious = "orange", Bad = "red", Neutral = "text";

    // By label: what its values look like, wherever it names the series of a panel.
    private static readonly Dictionary<string, (string Value, string Color)[]> Labels = new(StringComparer.Ordinal)
    {
        ["outcome"] =
        [
            .. OperationLabels.Outcomes.Select(outcome => (outcome.Label(), Of(outcome))),
            ("error", Bad), ("timeout", Of(ErrorType.Timeout)), ("rejected", Of(ErrorType.CircuitBreaker)),
        ],
        ["error_type"] = [.. OperationLabels.ErrorTypes.Select(type => (type.Label(), Of(type)))],
        ["severity"] = [("critical", Of(AlertSeverity.Critical)), ("high", Of(AlertSeverity.High)), ("medium", Of(AlertSeverity.Medium)), ("low", Of(AlertSeverity.Low))],
        ["result"] = [("hit", Good), ("miss", Warning), ("sent", Good), ("failed", Serious), ("superseded", Notice), ("dead", Bad), ("fallback", Warning)],
    };

    // Percentiles are shades of one colour.
    private static readonly (string Value, string Color)[] Percentiles = [("p50", "light-blue"), ("p95", "blue"), ("p99", "dark-blue")];

    /// <summary>Gets the colour of an alert's severity, or of an objective.</summary>
    public static string Of(AlertSeverity? severity) => severity switch
    {
        AlertSeverity.Critical => Bad,
        AlertSeverity.High => Serious,
        AlertSeverity.Medium => Warning,
        AlertSeverity.Low => Notice,
        _ => Good,
    };

    /// <summary>Gets the names of series with a colour of their own.</summary>
    public static IEnumerable<(string Value, string Color)> Of(Panel panel) =>
        panel.Targets.SelectMany(target => Named(target.Legend)).Distinct();

    private static IEnumerable<(string Value, string Color)> Named(string legend) =>
        legend.StartsWith("{{", StringComparison.Ordinal) && legend.EndsWith("}}", StringComparison.Ordinal) && Labels.TryGetValue(legend[2..^2], out (string, string)[]? values)
            ? values
            : Percentiles.Where(percentile => percentile.Value == legend);

    private static string Of(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Success => Good,
        OperationOutcome.ServerError => Bad,
        OperationOutcome.ToolError => Serious,
        OperationOutcome.ClientError => Notice,
        OperationOutcome.InputRequired => "light-blue",
        _ => "purple",
    };

    private static string Of(ErrorType type) => type switch
    {
        ErrorType.Validation => Notice,
        ErrorType.Auth => "purple",
        ErrorType.Timeout => Warning,
        ErrorType.Transport => Serious,
        ErrorType.CircuitBreaker => "dark-orange",
        ErrorType.Integration => Bad,
        _ => "dark-red",
    };
}
