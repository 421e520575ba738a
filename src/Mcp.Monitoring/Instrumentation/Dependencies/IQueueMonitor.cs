namespace Mcp.Monitoring;

/// <summary>A queue that is measured until it is disposed of.</summary>
public interface IQueueMonitor : IDisposable
{
    /// <summary>Gets the label <c>queue</c>.</summary>
    string Name { get; }

    /// <summary>Records how long an item waited before somebody took it, in <c>mcp_queue_wait_seconds</c>.</summary>
    /// <param name="time">How long; what is less than nothing is nothing.</param>
    void RecordWait(TimeSpan time);
}
