namespace Mcp.Monitoring.Tests.Operations;

internal delegate void OnStarted(in StartedOperation operation);

internal delegate void OnCompleted(in CompletedOperation operation);

/// <summary>An observer that does what the test says.</summary>
internal sealed class Observer(OnStarted? onStarted = null, OnCompleted? onCompleted = null) : IOperationObserver
{
    public void OnStarted(in StartedOperation operation) => onStarted?.Invoke(operation);

    public void OnCompleted(in CompletedOperation operation) => onCompleted?.Invoke(operation);
}
