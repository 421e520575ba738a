namespace Mcp.Monitoring.Validation;

/// <summary>What is wrong with a setting.</summary>
/// <param name="Path">The setting, as properties from the section that yields it, such as <c>Prometheus:Port</c>.</param>
/// <param name="Value">The value as it is; never a secret.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
internal sealed record Fault(string Path, object? Value, string Remedy)
{
    public Fault In(string section) => this with { Path = $"{section}:{Path}" };

    public override string ToString() => $"{Path} is {Value switch
    {
        null => "not set",
        string text => $"\"{text}\"",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Value}"),
    }}. {Remedy}";
}
