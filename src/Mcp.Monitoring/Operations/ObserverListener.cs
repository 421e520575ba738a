namespace Mcp.Monitoring.Operations;

/// <summary>Shows the operations to an observer of the host.</summary>
internal sealed class ObserverListener(IOperationObserver observer) : OperationListener(InternalErrors.Observer, OperationMoments.Started | OperationMoments.Completed)
{
    public override void Started(OperationRecord record) => observer.OnStarted(new StartedOperation(record));

    public override void Completed(OperationRecord record) => observer.OnCompleted(new CompletedOperation(record));
}
