namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>A rule as Prometheus reads it: of an alert, or of a series that is recorded.</summary>
/// <param name="Name">The name of the alert or of the series.</param>
/// <param name="Expression">The expression.</param>
internal sealed record ExportedRule(string Name, string Expression)
{
    /// <summary>Gets whether it is recorded.</summary>
    public bool IsRecorded { get; init; }

    public TimeSpan For { get; init; }

    public TimeSpan KeepFiringFor { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; init; } = [];
}

/// <summary>Rules that are evaluated one after the other, at the same instant.</summary>
internal sealed record RuleGroup(string Name, IReadOnlyList<ExportedRule> Rules);
