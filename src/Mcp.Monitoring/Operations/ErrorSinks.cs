namespace Mcp.Monitoring.Operations;

/// <summary>Tells of each counted error those who come and go with their services, which may start and stop at the same time.</summary>
internal sealed class ErrorSinks(InternalErrors errors) : OperationListener(InternalErrors.ErrorTracking, OperationMoments.Counted)
{
    private readonly Lock _changing = new();
    private ErrorSink[] _all = [];

    /// <summary>Gets them; a new array for each change.</summary>
    public ErrorSink[] All => Volatile.Read(ref _all);

    public void Add(ErrorSink sink)
    {
        lock (_changing)
        {
            Volatile.Write(ref _all, [.. _all, sink]);
        }
    }

    public void Remove(ErrorSink sink)
    {
        lock (_changing)
        {
            Volatile.Write(ref _all, [.. _all.Where(other => other != sink)]);
        }
    }

    public override void Counted(in CountedError error)
    {
        foreach (ErrorSink sink in All)
        {
            try
            {
                sink.Counted(error);
            }
            catch (Exception fault)
            {
                errors.Report(Component, fault);
            }
        }
    }
}
