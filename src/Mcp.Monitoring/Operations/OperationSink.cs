namespace Mcp.Monitoring.Operations;

/// <summary>Who records completed operations elsewhere, while somebody listens there.</summary>
internal abstract class OperationSink
{
    public abstract bool IsListenedTo { get; }

    public abstract void Record(OperationRecord record);
}
