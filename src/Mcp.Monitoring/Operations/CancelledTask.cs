namespace Mcp.Monitoring.Operations;

/// <summary>A task that was cancelled, and what cancelled it.</summary>
internal static class CancelledTask
{
    /// <summary>
    /// Gets the exception that who awaits the task gets: the very one that ended it, whose type and identity <see cref="Task.Exception"/> does not tell; or a
    /// new one for each who asks, where the task was cancelled without any.
    /// </summary>
    public static Exception ExceptionOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            return exception;
        }

        return new TaskCanceledException(task);
    }
}
