using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Sees how a task ends without throwing anew what it threw.</summary>
internal static class Tasks
{
    /// <summary>Calls back when the task has ended: at once if it already has.</summary>
    /// <returns>A task that ends in the same way, after the callback.</returns>
    public static Task WhenEnded(Task task, Action ended)
    {
        if (task.IsCompleted)
        {
            ended();
            return task;
        }

        return new Follower(task, ended).Task;
    }

    /// <inheritdoc cref="WhenEnded(Task, Action)"/>
    public static Task<T> WhenEnded<T>(Task<T> task, Action ended)
    {
        if (task.IsCompleted)
        {
            ended();
            return task;
        }

        return new Follower<T>(task, ended).Task;
    }

    /// <summary>Gets what ended a task that did not succeed, as who awaits it does.</summary>
    public static Exception ExceptionOf(Task task) =>
        task.Exception is { InnerExceptions: [Exception first, ..] } ? first : CancelledTask.ExceptionOf(task);

    // A task of its own: who awaits the first one may go on before, or while, a callback of that one runs, if it ends while they begin to wait. Then a
    // failure could be seen, or its answer sent, before it was counted.
    private sealed class Follower : TaskCompletionSource
    {
        private readonly Task _task;
        private readonly Action _ended;

        public Follower(Task task, Action ended)
        {
            _task = task;
            _ended = ended;
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Follow);
        }

        private void Follow()
        {
            try
            {
                _ended();
            }
            finally
            {
                SetFromTask(_task);
            }
        }
    }

    private sealed class Follower<T> : TaskCompletionSource<T>
    {
        private readonly Task<T> _task;
        private readonly Action _ended;

        public Follower(Task<T> task, Action ended)
        {
            _task = task;
            _ended = ended;
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Follow);
        }

        private void Follow()
        {
            try
            {
                _ended();
            }
            finally
            {
                SetFromTask(_task);
            }
        }
    }
}
