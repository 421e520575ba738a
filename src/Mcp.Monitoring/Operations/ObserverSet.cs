namespace Mcp.Monitoring.Operations;

/// <summary>Calls the observers, each alone with its failures.</summary>
internal sealed class ObserverSet(IEnumerable<IOperationObserver> observers, InternalErrors errors)
{
    private readonly IOperationObserver[] _observers = [.. observers];

    public bool IsEmpty => _observers.Length == 0;

    public void Started(OperationRecord record)
    {
        foreach (IOperationObserver observer in _observers)
        {
            try
            {
                observer.OnStarted(new StartedOperation(record));
            }
            catch (Exception fault)
            {
                errors.Report(InternalErrors.Observer, fault);
            }
        }
    }

    public void Completed(OperationRecord record)
    {
        foreach (IOperationObserver observer in _observers)
        {
            try
            {
                observer.OnCompleted(new CompletedOperation(record));
            }
            catch (Exception fault)
            {
                errors.Report(InternalErrors.Observer, fault);
            }
        }
    }
}
