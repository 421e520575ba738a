namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>Somebody waits until everything has left that was there when the wait began.</summary>
internal sealed class PendingFlush(long events, long transactions, long logs)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _over.Task;

    /// <summary>Gets or sets whether the sink was flushed for it.</summary>
    public bool IsReported { get; set; }

    public bool IsReached(long eventsFinished, long transactionsFinished, long logsFinished) =>
        eventsFinished >= events && transactionsFinished >= transactions && logsFinished >= logs;

    public void Complete() => _over.TrySetResult();
}
