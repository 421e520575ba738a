namespace Mcp.Monitoring.Alerting;

/// <summary>Where an incident stands.</summary>
public enum IncidentState
{
    /// <summary>Nobody looks after it yet.</summary>
    Triggered,

    /// <summary>Somebody does.</summary>
    Acknowledged,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>Something that somebody has to look after: all alerts of one dependency, or of one operation.</summary>
public sealed record Incident
{
    /// <summary>Gets its number, to be said on the phone; numbers go on over restarts.</summary>
    public required int Number { get; init; }

    /// <summary>Gets what it is about: <c>service/dependency</c>, or <c>service/operation</c>. At most one incident of a key is open.</summary>
    public required string Key { get; init; }

    /// <summary>Gets where it stands.</summary>
    public required IncidentState State { get; init; }

    /// <summary>Gets the highest severity that its alerts have had.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Gets what is the matter, such as <c>1c down</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Gets when it was opened, in UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Gets when somebody said to look after it, in UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Gets who looks after it.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Gets when it was over, in UTC.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Gets who ended it.</summary>
    /// <value><see langword="null"/> while it is open, and where it ended by itself.</value>
    public string? ResolvedBy { get; init; }

    /// <summary>Gets how often it came back after its end.</summary>
    public int Reopened { get; init; }

    /// <summary>Gets the ids of its alerts.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>Gets who was told when, from the first on; at most 100 entries, the oldest and the newest.</summary>
    public IReadOnlyList<IncidentNotification> Told { get; init => field = value ?? []; } = [];

    /// <summary>Gets what happened, from the first on; at most 200 entries, the oldest and the newest.</summary>
    public IReadOnlyList<IncidentEvent> Timeline { get; init; } = [];
}

/// <summary>Something that happened in an incident.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="What">What, such as <c>acknowledged</c>.</param>
/// <param name="By">Who did it; <see langword="null"/> if nobody did.</param>
public sealed record IncidentEvent(DateTimeOffset At, string What, string? By = null);

/// <summary>A message of an incident that a channel has taken.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="Channel">The name of the channel.</param>
/// <param name="Kind">What it told.</param>
public sealed record IncidentNotification(DateTimeOffset At, string Channel, NotificationKind Kind);
