namespace Mcp.Monitoring;

/// <summary>
/// A host's own knowledge of its exceptions. Register implementations in the service collection as <see cref="IErrorMapping"/> singletons, or use
/// <c>options.Errors.Map&lt;TException&gt;(…)</c>; they are asked in the order of registration, before the library's own list.
/// </summary>
public interface IErrorMapping
{
    /// <summary>Says what an exception means. Called only for operations that failed, on the thread on which they failed.</summary>
    /// <param name="exception">The exception; never an <see cref="AggregateException"/> of one or a <see cref="System.Reflection.TargetInvocationException"/>,
    /// these are unwrapped. An <see cref="AggregateException"/> of several is asked for itself and, if no mapping knows it, each of the first 100 exceptions in
    /// it: the gravest of them decides (the server's fault before the tool's, that before the caller's), among equals the first.</param>
    /// <param name="classification">What it means, when the result is <see langword="true"/>.</param>
    /// <returns><see langword="true"/> if this mapping knows the exception. One that throws is counted, logged and treated as <see langword="false"/>.</returns>
    bool TryMap(Exception exception, out ErrorClassification classification);
}
