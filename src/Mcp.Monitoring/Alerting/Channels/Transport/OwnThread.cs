namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>Runs what may hang on a thread that is nobody else's.</summary>
internal static class OwnThread
{
    /// <returns>The result; who gives up waiting for it may leave it alone.</returns>
    public static Task<T> Run<T>(string name, Func<T> run)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            // Without the caller's context: the spans of a caller are not continued here.
            new Thread(Complete) { IsBackground = true, Name = name }.UnsafeStart();
        }
        catch (OutOfMemoryException)
        {
            // The process has as many threads as it may have.
            Complete();
        }

        return Observed(done.Task);

        void Complete()
        {
            try
            {
                done.SetResult(run());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        }
    }

    /// <summary>Looks at the failure of a task that its owner may give up.</summary>
    public static Task<T> Observed<T>(Task<T> task)
    {
        _ = task.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }
}
