namespace Mcp.Monitoring;

/// <summary>
/// Sees every operation start and end. Register implementations in the service collection as <see cref="IOperationObserver"/> singletons. They are called on
/// the request's thread: hand work to a queue of your own and return. One that throws is counted and logged, at most once a minute; the other observers
/// and the request go on.
/// </summary>
public interface IOperationObserver
{
    /// <summary>Called when an operation starts, before the handler.</summary>
    /// <param name="operation">What starts; valid during the call only.</param>
    void OnStarted(in StartedOperation operation);

    /// <summary>Called when an operation has ended, exactly once.</summary>
    /// <param name="operation">What ended; valid during the call only.</param>
    void OnCompleted(in CompletedOperation operation);
}
