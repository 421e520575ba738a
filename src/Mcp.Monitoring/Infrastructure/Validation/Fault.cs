using System.Globalization;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>What is wrong with a setting.</summary>
/// <param name="Path">The setting, as properties from the section that yields it, such as <c>Prometheus:Port</c>.</param>
/// <param name="Problem">What is wrong, as it goes on after the path: <c>is 99999</c>. Never a secret.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
internal sealed record Fault(string Path, string Problem, string Remedy)
{
    /// <summary>Gets the place in a file, where the path does not lead to one.</summary>
    public string? Place { get; init; }

    /// <summary>Gets whether the host may start all the same.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Names the value in hand.</summary>
    public static Fault Of(string path, object? value, string remedy) => new(path, $"is {value switch
    {
        null => "not set",
        string text => $"\"{Printable.Cut(text)}\"",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    }}", remedy);

    /// <summary>Says that a setting without which its section cannot work is missing.</summary>
    public static Fault Missing(string path, string remedy) => Of(path, value: null, remedy);

    public Fault In(string section) => this with { Path = Path.Length == 0 ? section : $"{section}:{Path}" };

    /// <summary>Writes the fault under the name by which the user gave the setting.</summary>
    public string ToString(string name) => $"{name} {Problem}. {Remedy}";
}
