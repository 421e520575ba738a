namespace Mcp.Monitoring.KilledProcess;

/// <summary>Where on the way of a message the process is killed.</summary>
public enum KillPoint
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>What happened is not saved yet.</summary>
    BeforeCommit,

    /// <summary>It is, and nobody has claimed the message.</summary>
    AfterCommit,

    /// <summary>The message is claimed, and not sent.</summary>
    AfterClaim,

    /// <summary>The receiver has taken it, and that is not saved.</summary>
    AfterReceipt,
}
