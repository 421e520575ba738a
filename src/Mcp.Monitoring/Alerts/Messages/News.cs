using Mcp.Monitoring.Alerts.Delivery;

namespace Mcp.Monitoring.Alerts.Messages;

/// <summary>What there is to tell a channel of a group.</summary>
internal sealed record News(NotificationKind Kind)
{
    /// <summary>Gets what it is told for the first time.</summary>
    public IReadOnlyList<TrackedAlert> Begun { get; init; } = [];

    /// <summary>Gets what it knows and what goes on.</summary>
    public IReadOnlyList<TrackedAlert> Going { get; init; } = [];

    /// <summary>Gets what it knows and what is over.</summary>
    public IReadOnlyList<TrackedAlert> Over { get; init; } = [];

    /// <summary>Gets what else is to be said, such as <c>not acknowledged for 15 min, step 2</c>.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Gets the severity that the channel was told before.</summary>
    public AlertSeverity Known { get; init; }
}
