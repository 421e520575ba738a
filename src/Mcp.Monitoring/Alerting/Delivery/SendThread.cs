using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>
/// Calls a channel on a thread that may be lost: a send that takes too long is told to stop, and one that does not stop is left to itself, and the next call has another
/// thread. No timer and no thread of the pool takes part.
/// </summary>
/// <param name="channel">The channel's name.</param>
/// <param name="settings">How long a send may take.</param>
/// <param name="time">The clock.</param>
/// <param name="start">Starts a thread; <see langword="null"/> to do just that.</param>
#pragma warning disable CA1001 // The pause: a send that was left to itself may end at any time, and wakes it.
internal sealed class SendThread(string channel, OutboxSettings settings, TimeProvider time, Action<Thread>? start = null) : ISender
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly WakeableTimer _timer = new(time);
    private int _running;
    private Call? _current;
    private bool _isStopped;

    public bool IsReady => !_isStopped && Volatile.Read(ref _running) < settings.MostHung;

    Attempted ISender.Call(Func<CancellationToken, DeliveryResult> send)
    {
        var call = new Call(send);
        lock (_gate)
        {
            if (_isStopped)
            {
                return new Attempted(DeliveryResult.Retry("the host stops"));
            }

            _current = call;
        }

        Interlocked.Increment(ref _running);
        if (!TryStart("send", () => Run(call)))
        {
            Interlocked.Decrement(ref _running);
            return new Attempted(DeliveryResult.Retry("no thread could be started to send it"));
        }

        long begun = time.GetTimestamp();
        if (!IsDone(call, begun, settings.SendLimit))
        {
            Cancel(call);
            if (!IsDone(call, begun, settings.HangLimit))
            {
                return new Attempted(DeliveryResult.Unknown($"sending has not ended after {settings.HangLimit.TotalSeconds:0} s"), HasHung: true);
            }
        }

        return new Attempted(call.Result);
    }

    /// <summary>Tells what is being sent to stop, and calls nobody any more; any thread.</summary>
    public void Stop()
    {
        Call? current;
        lock (_gate)
        {
            _isStopped = true;
            current = _current;
        }

        if (current is { IsDone: false })
        {
            Cancel(current);
        }

        _timer.Wake();
    }

    private void Run(Call call)
    {
        call.Run();
        Interlocked.Decrement(ref _running);
        _timer.Wake();
    }

    private bool IsDone(Call call, long begun, TimeSpan limit)
    {
        while (!call.IsDone)
        {
            TimeSpan left = limit - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            _timer.Wait(left);
        }

        return true;
    }

    // What a channel has registered to be called then may hang as well. Without a thread for it the send goes on until it ends or is left to itself.
    private void Cancel(Call call) => TryStart("stop", call.Cancel);

    // The process may have as many threads as it is allowed: that is an OutOfMemoryException.
    private bool TryStart(string what, Action run)
    {
        try
        {
            var thread = new Thread(() => run()) { IsBackground = true, Name = $"Mcp.Monitoring {channel} {what}" };
            (start ?? (static ready => ready.UnsafeStart()))(thread);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

#pragma warning disable CA1001 // Whoever hangs may still look at the token.
    private sealed class Call(Func<CancellationToken, DeliveryResult> send)
    {
        private readonly CancellationTokenSource _stop = new();
        private volatile bool _isDone;

        public bool IsDone => _isDone;

        public DeliveryResult Result { get; private set; }

        public void Run()
        {
            try
            {
                Result = send(_stop.Token);
            }
            catch (Exception fault)
            {
                Result = Failure(fault);
            }

            _isDone = true;
        }

        public void Cancel()
        {
            try
            {
                _stop.Cancel();
            }
            catch (Exception)
            {
                // The channel's own failure while it stops; what became of the send is told by the send.
            }
        }
    }

#pragma warning restore CA1001

    /// <summary>What an exception of a channel says: nobody knows how far it came.</summary>
    public static DeliveryResult Failure(Exception fault) =>
        DeliveryResult.Unknown(fault is OperationCanceledException ? "it took too long, or the host stops" : $"{fault.GetType().Name}: {fault.Message}");
}
