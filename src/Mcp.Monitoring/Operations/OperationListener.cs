namespace Mcp.Monitoring.Operations;

/// <summary>
/// Hears of the operations of a host, on the request's thread, at the moments that it asks for. It neither waits nor does I/O. What it throws is counted under
/// its component and logged; the other listeners and the request go on.
/// </summary>
internal abstract class OperationListener(string component, OperationMoments moments)
{
    public string Component => component;

    public OperationMoments Moments => moments;

    /// <summary>Gets whether what it hears goes on to somebody at the moment.</summary>
    public virtual bool IsListenedTo => true;

    /// <summary>An operation has been opened; its handler comes next.</summary>
    public virtual void Started(OperationRecord record)
    {
    }

    /// <summary>An error of a request is about to be counted: what the numbers are to lead to must exist now.</summary>
    public virtual void Failing(OperationRecord root)
    {
    }

    /// <summary>An error has been counted; called once for each.</summary>
    public virtual void Counted(in CountedError error)
    {
    }

    /// <summary>An operation has ended, and its outcome is settled and counted; called once for each.</summary>
    public virtual void Completed(OperationRecord record)
    {
    }
}
