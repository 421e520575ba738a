namespace Mcp.Monitoring.KilledProcess;

/// <summary>Where on the way of a message the process kills itself.</summary>
public enum KillPoint
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>It is decided that a message is sent, and nothing of that is saved.</summary>
    BeforeCommit,

    /// <summary>It is saved that the message is being sent, and it is not sent yet.</summary>
    AfterCommit,

    /// <summary>The receiver has taken it, and that is not saved.</summary>
    AfterReceipt,
}
