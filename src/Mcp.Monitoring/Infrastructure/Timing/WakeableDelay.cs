namespace Mcp.Monitoring.Infrastructure.Timing;

/// <summary>The wait of async code, until a time or until it is woken. Waking is nearly free while it is awake.</summary>
internal sealed class WakeableDelay(TimeProvider time)
{
    private TaskCompletionSource _signal = NewSignal();

    public void Wake() => Volatile.Read(ref _signal).TrySetResult();

    /// <summary>Waits until it is woken or the time is over. What woke it before is heard; whoever returns from here must look at everything anew.</summary>
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
