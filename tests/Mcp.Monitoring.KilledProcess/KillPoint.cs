namespace Mcp.Monitoring.KilledProcess;

/// <summary>Where on the way of a message the process is killed.</summary>
public enum KillPoint
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>What happened is not saved yet.</summary>
    BeforeCommit,

    /// <summary>It is saved that the message is being sent, and it is not sent yet.</summary>
    AfterCommit,

    /// <summary>The receiver has taken it, and that is not saved.</summary>
    AfterReceipt,
}
