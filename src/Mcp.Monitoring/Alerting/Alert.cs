namespace Mcp.Monitoring.Alerting;

/// <summary>An alert as it stood when somebody asked, or was told.</summary>
public sealed record Alert
{
    /// <summary>Gets the id of this episode: when the same alert fires again after its end, it has another.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name of the rule, the label <c>alertname</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how much it matters.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Gets where it stands.</summary>
    public required AlertState State { get; init; }

    /// <summary>Gets its labels; values are of lists that this library or the host owns.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Gets the hash of the labels, 16 hexadecimal digits, as Alertmanager writes it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets what is the matter, with numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets what helps to find the cause: short sentences.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Gets the value that was judged last.</summary>
    /// <value><see langword="null"/> where there is none.</value>
    public double? Value { get; init; }

    /// <summary>Gets the worst value of the episode.</summary>
    public double? Peak { get; init; }

    /// <summary>Gets what the value is compared with.</summary>
    public double? Limit { get; init; }

    /// <summary>Gets when what it tells of began, such as the first failed call, in UTC; a restart or a pause in between does not change it.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it began to fire, in UTC.</summary>
    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>Gets when it was over, in UTC.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Gets why it was over.</summary>
    public ResolveReason? ResolveReason { get; init; }

    /// <summary>Gets whether a silence or a maintenance window keeps it from being told.</summary>
    public bool IsSilenced { get; init; }

    /// <summary>Gets whether it is taken for the consequence of another.</summary>
    public bool IsInhibited { get; init; }

    /// <summary>Gets whether it comes and goes too often to be told each time.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Gets the number of the incident that it belongs to.</summary>
    public int? Incident { get; init; }

    /// <summary>Gets where it says what to do.</summary>
    public string? Runbook { get; init; }
}
