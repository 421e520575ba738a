namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>An incident with its story.</summary>
internal sealed record IncidentView
{
    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Gets <c>critical</c>, <c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Gets <c>triggered</c>, <c>acknowledged</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    /// <summary>Gets when what it tells of began.</summary>
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string? ResolvedBy { get; init; }

    /// <summary>Gets what is the matter, with numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the dependency or operation that is taken for the cause.</summary>
    public string? Cause { get; init; }

    /// <summary>Gets what is known: facts of its alerts that go on, short sentences.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    /// <summary>Gets who was told when.</summary>
    public IReadOnlyList<ToldView> Told { get; init; } = [];

    public IReadOnlyList<TimelineView> Timeline { get; init; } = [];

    /// <summary>Gets the matchers of a silence for it, as Alertmanager writes them.</summary>
    public IReadOnlyList<string> Matchers { get; init; } = [];

    public string? Runbook { get; init; }

    /// <summary>Gets the correlation ids of the last errors that belong to it, at most 5.</summary>
    public IReadOnlyList<string> CorrelationIds { get; init; } = [];
}

/// <summary>An alert.</summary>
internal sealed record AlertView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Severity { get; init; }

    /// <summary>Gets <c>pending</c>, <c>firing</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    public required string Summary { get; init; }

    public double? Value { get; init; }

    public double? Limit { get; init; }

    /// <summary>Gets how people write the value and the limit: <c>number</c>, <c>count</c>, <c>share</c>, <c>seconds</c>.</summary>
    public string Unit { get; init; } = "number";

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FiredAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public bool IsSilenced { get; init; }

    public bool IsInhibited { get; init; }

    public string? Runbook { get; init; }
}

/// <summary>Who was told.</summary>
/// <param name="At">When the channel took the message.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Kind">What it was told: <c>firing</c>, <c>escalated</c>, <c>resolved</c> and so on.</param>
internal sealed record ToldView(DateTimeOffset At, string Channel, string Kind);

/// <summary>Something that happened in an incident.</summary>
internal sealed record TimelineView(DateTimeOffset At, string What, string? By);

/// <summary>A silence that is active or to come.</summary>
internal sealed record SilenceView(string Id, IReadOnlyList<string> Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string By, string Comment);
