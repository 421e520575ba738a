using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Metrics;

/// <summary>A metric as it is published: under <see cref="Name"/> for Prometheus, under <see cref="MeterName"/> on the meter.</summary>
internal sealed partial record MetricDefinition(string Name, MetricKind Kind, string Help, params string[] Labels)
{
    private const string Prefix = "mcp_";

    public string? Unit => WithoutTotal.EndsWith("_seconds", StringComparison.Ordinal) ? "seconds" : null;

    /// <summary>Gets the OpenTelemetry name, which translates back to <see cref="Name"/>.</summary>
    public string MeterName
    {
        get
        {
            string bare = Unit is { } unit ? WithoutTotal[..^(unit.Length + 1)] : WithoutTotal;
            return "mcp." + bare[Prefix.Length..];
        }
    }

    /// <summary>Gets the unit as UCUM writes it.</summary>
    public string? MeterUnit => Unit is null ? null : "s";

    private string WithoutTotal => Kind == MetricKind.Counter ? Name[..^"_total".Length] : Name;

    /// <summary>Gets the name under another prefix than <c>mcp</c>.</summary>
    public string NameWith(string prefix) => prefix + Name[(Prefix.Length - 1)..];

    public static bool IsValidPrefix(string prefix) => ValidPrefix().IsMatch(prefix);

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9_]{0,63}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ValidPrefix();
}
