using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Operations;

/// <summary>A call of a dependency that has failed: what an error that follows from it is laid to.</summary>
/// <param name="Dependency">The label <c>dependency</c>.</param>
/// <param name="Type">Which kind of error it was.</param>
internal sealed record DependencyFailure(string Dependency, ErrorType Type)
{
    private static readonly ConditionalWeakTable<Exception, DependencyFailure> Causes = [];

    /// <summary>Notes which call an exception comes from; of several that it crosses the innermost is meant.</summary>
    /// <returns>Whether this is that call.</returns>
    public static bool Add(Exception exception, DependencyFailure failure) => Causes.TryAdd(exception, failure);

    /// <summary>Finds the call that an exception, or one that it wraps, comes from.</summary>
    public static DependencyFailure? Of(Exception exception)
    {
        if (Causes.TryGetValue(exception, out DependencyFailure? known) || ExceptionGraph.IsLeaf(exception))
        {
            return known;
        }

        foreach (object part in ExceptionGraph.Of(exception))
        {
            if (part is Exception inner && Causes.TryGetValue(inner, out known))
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>Finds the call that an error comes from: that of its exception, else the last one of the request, if it failed and the error is of a kind that calls have.</summary>
    public static DependencyFailure? Behind(ErrorType type, Exception? exception, OperationContext? context)
    {
        DependencyFailure? own = exception is null ? null : Of(exception);
        return own ?? (type is ErrorType.Integration or ErrorType.Auth or ErrorType.Timeout or ErrorType.CircuitBreaker ? context?.FailedCall : null);
    }
}
