using System.Reflection;

namespace Mcp.Monitoring.Operations;

/// <summary>
/// An exception with all that is in it: causes, the members of aggregates, and the tasks whose cancellation some tell of. Each part once, in time that grows
/// with their number and not with the ways that lead to them; no depth of it can overflow the stack, no circle is endless.
/// </summary>
internal static class ExceptionGraph
{
    /// <summary>Lists the exception and what is in it, exceptions and tasks, outer before inner and first before second.</summary>
    /// <param name="exception">The outermost one.</param>
    /// <param name="endsAt">Where to go no deeper; asked before the part is handed out.</param>
    public static IEnumerable<object> Of(Exception exception, Func<object, bool>? endsAt = null)
    {
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var next = new Stack<object>();
        next.Push(exception);
        while (next.TryPop(out object? part))
        {
            if (!visited.Add(part))
            {
                continue;
            }

            bool isEnd = endsAt?.Invoke(part) == true;
            yield return part;
            if (!isEnd)
            {
                PushInner(next, part);
            }
        }
    }

    /// <summary>Returns whether there is nothing in it.</summary>
    public static bool IsLeaf(object part) => part switch
    {
        AggregateException aggregate => aggregate.InnerExceptions.Count == 0,
        TaskCanceledException { Task: not null } => false,
        Exception exception => exception.InnerException is null,
        _ => false,
    };

    /// <summary>Takes off the wrappers that reflection and tasks put around an exception.</summary>
    public static Exception Unwrap(Exception exception) => IsWrapper(exception) ? (Exception)Of(exception, static part => !IsWrapper(part)).Last() : exception;

    /// <summary>Lists what went wrong: the exception, or where it only carries others, as those of reflection and tasks do, these.</summary>
    /// <param name="exception">The outermost one.</param>
    /// <param name="isOne">Which exceptions that carry several are to be taken as one failure; none if it is <see langword="null"/>.</param>
    public static IEnumerable<Exception> Failures(Exception exception, Func<Exception, bool>? isOne = null)
    {
        bool isAny = false;
        foreach (object part in Of(exception, IsFailure))
        {
            if (IsFailure(part))
            {
                isAny = true;
                yield return (Exception)part;
            }
        }

        if (!isAny)
        {
            yield return exception;
        }

        bool IsFailure(object part) => !IsWrapper(part) && (part is not AggregateException { InnerExceptions.Count: > 1 } several || isOne?.Invoke(several) == true);
    }

    private static bool IsWrapper(object part) =>
        part is TargetInvocationException { InnerException: not null } or AggregateException { InnerExceptions.Count: 1 };

    private static void PushInner(Stack<object> next, object part)
    {
        switch (part)
        {
            case AggregateException aggregate:
                for (int i = aggregate.InnerExceptions.Count - 1; i >= 0; i--)
                {
                    next.Push(aggregate.InnerExceptions[i]);
                }

                break;
            case Exception exception:
                if (exception.InnerException is { } cause)
                {
                    next.Push(cause);
                }

                if (exception is TaskCanceledException { Task: { } task })
                {
                    next.Push(task);
                }

                break;
            case Task { IsCanceled: true } cancelled:
                next.Push(CancelledTask.ExceptionOf(cancelled));
                break;
        }
    }
}
