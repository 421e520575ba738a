namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Why a span was not delivered, the label <c>reason</c>.</summary>
internal enum DropReason
{
    QueueFull,

    /// <summary>The receiver refused the batch for good.</summary>
    Refused,

    /// <summary>The receiver did not take the batch within a minute.</summary>
    Expired,

    /// <summary>The receiver took the batch without this one.</summary>
    Rejected,

    /// <summary>The batch could not be written.</summary>
    Failed,

    Shutdown,
}
