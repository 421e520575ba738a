namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>Where a level stands.</summary>
internal enum LevelPhase
{
    Inactive,

    /// <summary>Its condition holds, but not yet for long enough.</summary>
    Pending,

    Firing,

    /// <summary>Its condition no longer holds, and it is kept firing for a while.</summary>
    Quiet,
}
