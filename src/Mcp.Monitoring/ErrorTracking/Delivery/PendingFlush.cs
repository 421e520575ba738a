namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>Somebody waits until everything has left that was there when the wait began.</summary>
internal sealed class PendingFlush(long events, long transactions, long logs)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _over.Task;

    /// <summary>Gets or sets whether the report was sent for it, or tried.</summary>
    public bool IsReported { get; set; }

    public bool IsReached(long eventsFinished, long transactionsFinished, long logsFinished) =>
        eventsFinished >= events && transactionsFinished >= transactions && logsFinished >= logs;

    public void Complete() => _over.TrySetResult();
}
