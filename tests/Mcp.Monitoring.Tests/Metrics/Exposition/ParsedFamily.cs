using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

internal sealed record ParsedFamily(string Name, MetricKind Kind, string Help, string? Unit, IReadOnlyList<ParsedSample> Samples);

internal sealed record ParsedSample(
    string Name, IReadOnlyList<(string Name, string Value)> Labels, string ValueText, double Value, ParsedExemplar? Exemplar)
{
    /// <summary>Gets the series as one text, its labels sorted.</summary>
    public string Series => Name + KeyOf(Labels);

    public static string KeyOf(IEnumerable<(string Name, string Value)> labels) =>
        "{" + string.Join(',', labels.OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => $"{label.Name.Length}:{label.Name}={label.Value.Length}:{label.Value}")) + "}";

    public string? Label(string name) => Labels.FirstOrDefault(label => label.Name == name).Value;
}

internal sealed record ParsedExemplar(IReadOnlyList<(string Name, string Value)> Labels, double Value, double UnixSeconds);
