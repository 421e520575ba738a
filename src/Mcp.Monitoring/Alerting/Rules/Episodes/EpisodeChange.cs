namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>What an evaluation changed about an instance of a rule.</summary>
internal enum EpisodeChange
{
    None,

    /// <summary>It has become pending.</summary>
    Pending,

    /// <summary>It has begun to fire.</summary>
    Firing,

    /// <summary>It fires with another severity.</summary>
    Severity,

    /// <summary>What it tells of goes on no longer, though it is kept firing; or it goes on again.</summary>
    Turned,

    /// <summary>It is over; or it was pending, and is not any more.</summary>
    Resolved,
}
