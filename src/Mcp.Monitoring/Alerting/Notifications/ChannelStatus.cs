namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>How a channel is.</summary>
internal sealed record ChannelStatus
{
    public required string Name { get; init; }

    public required AlertSeverity MinimumSeverity { get; init; }

    /// <summary>Gets whether it carries messages to people elsewhere; the log does not.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Gets whether its last self-check failed, it pauses after failures, or a message could not be delivered for good since the last that was.</summary>
    public bool IsDown { get; init; }

    /// <summary>Gets since when it is down.</summary>
    public DateTimeOffset? DownSince { get; init; }

    /// <summary>Gets whether its last self-check failed.</summary>
    public bool IsCheckFailed { get; init; }

    public string? LastError { get; init; }

    /// <summary>Gets how many messages failed since the last that arrived, however often each was tried.</summary>
    public int Failures { get; init; }

    public int Waiting { get; init; }

    /// <summary>Gets since when the oldest message waits.</summary>
    public DateTimeOffset? OldestWaiting { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }
}
