namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>Sees how a task ends without standing in its way.</summary>
internal static class Tasks
{
    /// <summary>Calls back when the task has ended, before those who await it go on: at once if it already has.</summary>
    public static void WhenEnded(Task task, Action ended)
    {
        if (task.IsCompleted)
        {
            ended();
        }
        else
        {
            // Cheaper than ContinueWith, and unlike an await it does not throw anew what the task threw.
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(ended);
        }
    }

    /// <summary>Gets what ended a task that did not succeed.</summary>
    public static Exception ExceptionOf(Task task) =>
        task.Exception is { InnerExceptions: [Exception first, ..] } ? first : new TaskCanceledException(task);
}
