namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>Rules that several sections have in common.</summary>
internal static class SettingRules
{
    private const int LongestText = 2_000;

    /// <summary>Lists the faults among the answers of several rules.</summary>
    public static IEnumerable<Fault> Faults(params Fault?[] answers) => answers.OfType<Fault>();

    /// <summary>Judges a value without which a section that is on cannot work: there, and not a placeholder.</summary>
    public static Fault? Required(string path, string? value, string remedy, bool isSecret = true) =>
        string.IsNullOrWhiteSpace(value) ? Fault.Missing(path, remedy)
        : Placeholder.Is(value) ? new Fault(path, Named("is a placeholder", value, isSecret), remedy)
        : value.Length > LongestText ? new Fault(path, $"has {value.Length} characters", $"Set it to at most {LongestText}.")
        : null;

    /// <summary>Judges a text that people read or that is a label, if it is there: neither empty nor too long, and nothing that a template left.</summary>
    public static Fault? Text(string path, string? value, int longest, string remedy) => value is null ? null
        : value.Length > longest || string.IsNullOrWhiteSpace(value) ? Fault.Of(path, value, remedy)
        : Placeholder.IsText(value) ? new Fault(path, Named("is a placeholder", value), remedy)
        : null;

    /// <summary>The same for a name: of a service, or of where it runs.</summary>
    public static Fault? Name(string path, string? value, int longest, string remedy) => Text(path, value, longest, remedy)
        ?? (value is not null && Placeholder.IsName(value) ? new Fault(path, Named("is a placeholder", value), remedy) : null);

    /// <summary>Judges a number; <see cref="double.NaN"/> is in no range.</summary>
    public static Fault? Between(string path, double value, double least, double most, string unit = "") =>
        value >= least && value <= most
            ? null
            : Fault.Of(path, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Set it between {least} and {most}{unit}."));

    /// <summary>Judges a time.</summary>
    public static Fault? Between(string path, TimeSpan? value, TimeSpan least, TimeSpan most) => value is not { } time || (time >= least && time <= most)
        ? null
        : Fault.Of(path, time, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Set it between {least} and {most}."));

    /// <summary>Judges an address that requests are sent to.</summary>
    public static IEnumerable<Fault> Address(string path, string? value, string remedy, bool isSecret = true)
    {
        if (Required(path, value, remedy, isSecret) is { } missing)
        {
            yield return missing;
        }
        else if (OutgoingAddress.ProblemOf(value!) is { } problem)
        {
            yield return new Fault(path, Named(problem, value!, isSecret), remedy);
        }
        else if (OutgoingAddress.IsReadable(value!))
        {
            yield return new Fault(path, Named("is plain http", value!, isSecret), "What is sent there can be read on the way; use https if the receiver can.") { IsWarning = true };
        }
    }

    /// <summary>Adds the value to a problem, unless it is a secret or may hold one.</summary>
    public static string Named(string problem, string value, bool isSecret = false) =>
        isSecret || value.AsSpan().ContainsAny('@', '?') ? problem : $"{problem}: \"{Printable.Cut(value)}\"";
}
