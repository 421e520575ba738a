namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>
/// One call of a channel, on a thread that may be lost: told to stop when it takes too long, and left to itself when it does not stop. No timer and no thread of the pool
/// takes part; the engine looks at it when its time has come.
/// </summary>
/// <param name="channel">The channel's name.</param>
/// <param name="call">What is called.</param>
/// <param name="message">What is sent; <see langword="null"/> for a self-check.</param>
/// <param name="stopAt">When it is told to stop.</param>
/// <param name="done">Is told when it has ended; any thread.</param>
#pragma warning disable CA1001 // Whoever hangs may still look at the token.
internal sealed class ChannelCall(string channel, Func<CancellationToken, DeliveryResult> call, QueuedNotification? message, TimeSpan stopAt, Action done)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stop = new();
    private DeliveryResult _result;
    private bool _isBegun;
    private volatile bool _isDone;

    public QueuedNotification? Message => message;

    /// <summary>Gets the test that it is, if it is one.</summary>
    public ChannelTest? Test { get; init; }

    public TimeSpan StopAt => stopAt;

    /// <summary>Gets whether it was told to stop; the engine's thread.</summary>
    public bool IsStopped { get; private set; }

    public bool IsDone => _isDone;

    /// <summary>Gets what became of it, once it is done.</summary>
    public DeliveryResult Result => _result;

    /// <summary>Calls, on a thread of its own; once.</summary>
    public void Begin(StartThread start)
    {
        if (_isBegun)
        {
            return;
        }

        _isBegun = true;
        if (!start($"{channel} send", Run))
        {
            _result = DeliveryResult.Retry("no thread could be started to send it");
            _isDone = true;
        }
    }

    private void Run()
    {
        try
        {
            _result = call(_stop.Token);
        }
        catch (Exception fault)
        {
            _result = DeliveryResult.Unknown(fault is OperationCanceledException ? "it took too long, or the host stops" : $"{fault.GetType().Name}: {fault.Message}");
        }

        _isDone = true;
        done();
    }

    /// <summary>Tells it to stop. What the channel has registered to be called then may hang as well, so that takes a thread; without one the call goes on until it ends.</summary>
    public void Stop(StartThread start)
    {
        IsStopped = true;
        start($"{channel} stop", () =>
        {
            try
            {
                _stop.Cancel();
            }
            catch (Exception)
            {
                // The channel's own failure while it stops; what became of the call is told by the call.
            }
        });
    }
}

/// <summary>Runs something on a thread of its own.</summary>
/// <param name="name">What the thread is for.</param>
/// <param name="run">What it does.</param>
/// <returns>Whether there is one: the process may have as many threads as it is allowed.</returns>
internal delegate bool StartThread(string name, Action run);
