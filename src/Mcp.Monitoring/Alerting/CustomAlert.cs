namespace Mcp.Monitoring.Alerting;

/// <summary>An alert that an application raises itself. It is over 15 minutes after it was last raised, or when somebody resolves it.</summary>
public sealed record CustomAlert
{
    /// <summary>Gets its name, from a fixed list of your own: 1 to 128 of <c>a-z A-Z 0-9 _</c>, not beginning with a digit.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how much it matters.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Gets what is the matter, for people; longer texts are cut at 1,000 characters.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets what tells it from others of its name, such as <c>dependency</c> or <c>operation</c>: values from lists of your own, never what a client sent.
    /// At most 20; names as Prometheus has them, values of at most 200 characters.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets what helps to find the cause: short sentences, at most 10.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Gets where it says what to do: an absolute http or https URL.</summary>
    public string? Runbook { get; init; }
}
