namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>A message that somebody sends to see whether it arrives, past routes and silences: one attempt, and an answer in any case. The engine's thread, but for the answer.</summary>
internal sealed class ChannelTest(AlertNotification message)
{
    // Whoever waits goes on on a thread of its own, never on the engine's.
    private readonly TaskCompletionSource<DeliveryResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AlertNotification Message => message;

    /// <summary>Gets or sets until when it waits for the call that its channel is in.</summary>
    public TimeSpan BeginBy { get; set; }

    public Task<DeliveryResult> Answer => _answer.Task;

    public bool IsAnswered => _answer.Task.IsCompleted;

    /// <summary>Answers; only the first answer counts.</summary>
    public void End(DeliveryResult result) => _answer.TrySetResult(result);
}
