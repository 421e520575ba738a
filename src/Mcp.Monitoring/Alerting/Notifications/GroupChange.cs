namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What there is to tell a channel of a group.</summary>
internal sealed record GroupChange(NotificationKind Kind)
{
    /// <summary>Gets what it is told for the first time.</summary>
    public IReadOnlyList<ActiveAlert> Begun { get; init; } = [];

    /// <summary>Gets what it knows and what goes on.</summary>
    public IReadOnlyList<ActiveAlert> Going { get; init; } = [];

    /// <summary>Gets what it knows and what is over.</summary>
    public IReadOnlyList<ActiveAlert> Over { get; init; } = [];

    /// <summary>Gets what does not fire yet, although its condition holds: it may be the better name for what does.</summary>
    public IReadOnlyList<ActiveAlert> Pending { get; init; } = [];

    /// <summary>Gets what else is to be said, such as <c>not acknowledged for 15 min, step 2</c>.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Gets the severity that the channel was told before.</summary>
    public AlertSeverity Known { get; init; }

    /// <summary>Gets when all of it stopped, if it has, although it is kept firing.</summary>
    public TimeSpan? StoppedAt { get; init; }

    /// <summary>Gets whether it was critical and is not any more.</summary>
    public bool HasFallen { get; init; }

    /// <summary>Gets whether it was said to have stopped, and goes on.</summary>
    public bool HasResumed { get; init; }

    /// <summary>Gets whether a value is many times what was told.</summary>
    public bool IsMuchWorse { get; init; }

    /// <summary>Gets whether it is only that something is better than what was told.</summary>
    public bool IsRelief => Kind == NotificationKind.Update && !IsMuchWorse && !HasResumed && (HasFallen || (Begun.Count == 0 && StoppedAt is not null));
}
