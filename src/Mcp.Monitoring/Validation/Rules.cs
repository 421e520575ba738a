namespace Mcp.Monitoring.Validation;

/// <summary>Rules that several sections have in common.</summary>
internal static class Rules
{
    private const int LongestText = 2_000;

    /// <summary>Lists the faults among the answers of several rules.</summary>
    public static IEnumerable<Fault> Faults(params Fault?[] answers) => answers.OfType<Fault>();

    /// <summary>Judges a value without which a section that is on cannot work: there, and not a placeholder.</summary>
    public static Fault? Required(string path, string? value, string remedy) =>
        string.IsNullOrWhiteSpace(value) ? Fault.Missing(path, remedy)
        : Placeholder.Is(value) ? new Fault(path, "is a placeholder", remedy)
        : value.Length > LongestText ? new Fault(path, $"has {value.Length} characters", $"Set it to at most {LongestText}.")
        : null;

    /// <summary>Judges a number; <see cref="double.NaN"/> is in no range.</summary>
    public static Fault? Between(string path, double value, double least, double most, string unit = "") =>
        value >= least && value <= most
            ? null
            : Fault.Of(path, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Set it between {least} and {most}{unit}."));

    /// <summary>Judges an address that requests are sent to. It is never printed: it may hold a secret.</summary>
    public static IEnumerable<Fault> Address(string path, string? value, string remedy)
    {
        if (Required(path, value, remedy) is { } missing)
        {
            yield return missing;
        }
        else if (OutgoingAddress.Judge(value!) is { } problem)
        {
            yield return new Fault(path, problem, remedy);
        }
        else if (OutgoingAddress.IsReadable(value!))
        {
            yield return new Fault(path, "is plain http", "What is sent there can be read on the way; use https if the receiver can.") { IsWarning = true };
        }
    }
}
