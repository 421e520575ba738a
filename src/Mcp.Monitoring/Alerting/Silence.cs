namespace Mcp.Monitoring.Alerting;

/// <summary>Keeps alerts from being told for a time.</summary>
public sealed record Silence
{
    /// <summary>Gets the id; given by the manager.</summary>
    public string Id { get; init; } = "";

    /// <summary>Gets what an alert must have, all of it; at least one matcher that does not match an empty value, and not only those that every alert has.</summary>
    public required IReadOnlyList<LabelMatcher> Matchers { get; init; }

    /// <summary>Gets from when on, in UTC.</summary>
    /// <value>The default is at once.</value>
    public DateTimeOffset StartsAt { get; init; }

    /// <summary>Gets until when, in UTC; at most a year from the start.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Gets who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Gets why.</summary>
    public string Comment { get; init; } = "";
}
