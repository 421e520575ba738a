namespace Mcp.Monitoring.Errors.Queue;

/// <summary>Wakes the one that waits. Ringing is nearly free while it is awake.</summary>
internal sealed class Alarm(TimeProvider time)
{
    private TaskCompletionSource _signal = NewSignal();

    public void Ring() => Volatile.Read(ref _signal).TrySetResult();

    /// <summary>Waits until it rings or the time is over. What rang before is heard; whoever returns from here must look at everything anew.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken stop)
    {
        Task rung = _signal.Task;
        if (!rung.IsCompleted && limit > TimeSpan.Zero)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(rung, Task.Delay(limit, time, over.Token)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
        }

        if (rung.IsCompleted)
        {
            Volatile.Write(ref _signal, NewSignal());
        }

        stop.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
