using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>
/// The way of everything that is sent: bounded, filled on any thread, emptied by one loop on a thread of its own, which starts with the first item. The sink
/// is made there too: what it starts belongs to no request.
/// </summary>
internal sealed class ErrorQueue(Func<CancellationToken, IErrorSink> createSink, DiscardCounts discards, InternalErrors errors, TimeProvider time, QueueSettings settings)
    : ErrorOutbox, IDisposable
{
    private static readonly TimeSpan FlushOfSink = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromHours(1), LookForThrow = TimeSpan.FromMilliseconds(5);

    private readonly WaitingItems _waiting = new(settings);
    private readonly PendingFlushes _flushes = new();
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private Thread? _loop;
    private ITimer? _logsDue;
    private volatile IErrorSink? _sink;
    private volatile bool _areLogsDue;
    private volatile bool _isLate;
    private volatile bool _isClosed;

    public override bool TryEnqueue(CapturedEvent item) => TryEnqueue(_waiting.Events, item, Load.Of(item), out _);

    public override bool TryEnqueue(FinishedTransaction item) => TryEnqueue(_waiting.Transactions, item, Load.Of(item), out _);

    public override bool TryEnqueue(LogItem item)
    {
        bool isTaken = TryEnqueue(_waiting.Logs, item, Load.Of([item]), out int waiting);
        if (isTaken && waiting == 1)
        {
            // The first one starts the wait for others; those that fill an envelope end it.
            StartWait();
        }

        return isTaken;
    }

    public override void Discarded(DiscardReason reason, DataCategory category, int quantity = 1) => discards.Add(reason, category, quantity);

    public override async Task<bool> FlushAsync(TimeSpan limit)
    {
        Task flush = BeginFlush();
        using var over = new CancellationTokenSource();
        await Task.WhenAny(flush, Task.Delay(limit, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        _isLate = !flush.IsCompleted;
        return !_isLate;
    }

    // Waits for the system's clock, which no timer on a busy thread pool delays.
    public override bool Flush(TimeSpan limit)
    {
        _isLate = !BeginFlush().Wait(limit);
        return !_isLate;
    }

    /// <summary>Starts the loop, which else the first item does.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _loop) is not null)
        {
            return;
        }

        lock (_starting)
        {
            if (_loop is null && !_isClosed)
            {
                var loop = new Thread(Run) { IsBackground = true, Name = "Mcp.Monitoring errors" };
                loop.UnsafeStart();
                Volatile.Write(ref _loop, loop);
            }
        }
    }

    /// <summary>Sends what waits, then ends the loop; what is left is counted as dropped.</summary>
    public void Dispose()
    {
        // Who has just waited in vain waits no second time.
        if (!_isClosed && !_isLate)
        {
            Flush(settings.ShutdownTimeout);
        }

        Thread? loop;
        lock (_starting)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            loop = _loop;
        }

        _stop.Cancel();
        _work.Set();
        loop?.Join();
        DiscardAll();
        _flushes.CompleteAll();
        _logsDue?.Dispose();
        _stop.Dispose();
        _work.Dispose();
    }

    private bool TryEnqueue<T>(BoundedQueue<T> queue, T item, Load load, out int waiting)
    {
        waiting = 0;
        if (_isClosed || !queue.TryAdd(item, out waiting))
        {
            discards.Add(_isClosed ? DiscardReason.NetworkError : DiscardReason.QueueOverflow, load);
            return false;
        }

        Start();
        Wake();

        // Whoever adds while the queues are being closed may have come after they were emptied.
        if (_isClosed)
        {
            DiscardAll();
        }

        return !_isClosed;
    }

    private void Wake()
    {
        try
        {
            _work.Set();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile; what was added is counted by whoever added it.
        }
    }

    private void StartWait() => Interlocked.Exchange(ref _logsDue, time.CreateTimer(_ => LogsAreDue(), state: null, settings.LogPeriod, Timeout.InfiniteTimeSpan))?.Dispose();

    private void LogsAreDue()
    {
        _areLogsDue = true;
        Wake();
    }

    private Task BeginFlush()
    {
        if (_isClosed || (Volatile.Read(ref _loop) is null && !discards.HasAny))
        {
            return Task.CompletedTask;
        }

        Start();
        PendingFlush flush = _waiting.Flush();
        _flushes.Add(flush);
        _sink?.Hurry();
        Wake();
        if (_isClosed)
        {
            _flushes.CompleteAll();
        }

        return flush.Task;
    }

    private void Run()
    {
        OwnWork.Begin();
        IErrorSink? sink = null;
        try
        {
            _sink = sink = createSink(_stop.Token);
            while (!_stop.IsCancellationRequested)
            {
                if (!SendNext(sink))
                {
                    _work.WaitOne(sink.IsIdle || _flushes.IsEmpty ? Longest : TimeSpan.FromMilliseconds(20));
                }
            }
        }
        catch (Exception fault)
        {
            // Without a client nothing can be sent: what waits, and what comes, is counted.
            errors.Report(InternalErrors.ErrorTracking, fault);
            _isClosed = true;
            DiscardAll();
        }
        finally
        {
            _sink = null;
            _flushes.CompleteAll();
            FaultIsolation(() => sink?.Dispose());
        }
    }

    /// <returns>Whether there may be more to do.</returns>
    private bool SendNext(IErrorSink sink)
    {
        bool isBusy = false;
        if (_waiting.Events.TryTake(out CapturedEvent? captured))
        {
            isBusy = true;
            WaitUntilThrown(captured);
            FaultIsolation(() => sink.Send(captured), Load.Of(captured));
            _waiting.Events.Finish(1);
        }

        if (_waiting.Transactions.TryTake(out FinishedTransaction? transaction))
        {
            isBusy = true;
            FaultIsolation(() => sink.Send(transaction), Load.Of(transaction));
            _waiting.Transactions.Finish(1);
        }

        if (TakeLogs() is { Count: > 0 } logs)
        {
            isBusy = true;
            FaultIsolation(() => sink.Send(logs), Load.Of(logs));
            _waiting.Logs.Finish(logs.Count);
        }

        if (!isBusy && _flushes.IsWaitingForSink)
        {
            FaultIsolation(() => sink.Flush(FlushOfSink));
            _flushes.SinkIsFlushed();
        }

        _flushes.Complete(flush => flush.IsReported && _waiting.HasLeft(flush) && sink.IsIdle);
        return isBusy;
    }

    // An exception that is logged and then thrown has its frames a moment later. One that never is costs the loop this moment, and nothing that waits behind it.
    private void WaitUntilThrown(CapturedEvent captured)
    {
        for (TimeSpan left = settings.ThrowWithin;
             left > TimeSpan.Zero && captured is { IsLogged: true, Event.Exception.StackTrace: null } && _waiting.Events.Count == 0 && _flushes.IsEmpty;
             left -= LookForThrow)
        {
            _stop.Token.WaitHandle.WaitOne(LookForThrow);
        }
    }

    private List<LogItem> TakeLogs()
    {
        List<LogItem> logs = [];
        if (_areLogsDue || !_flushes.IsEmpty || _waiting.Logs.Count >= settings.LogsPerEnvelope)
        {
            _areLogsDue = false;
            while (logs.Count < settings.LogsPerEnvelope && _waiting.Logs.TryTake(out LogItem? log))
            {
                logs.Add(log);
            }

            if (logs.Count == settings.LogsPerEnvelope && _waiting.Logs.Count > 0)
            {
                StartWait();
            }
        }

        return logs;
    }

    private void FaultIsolation(Action act, Load? load = null)
    {
        try
        {
            act();
        }
        catch (Exception fault)
        {
            if (load is { } lost)
            {
                discards.Add(_stop.IsCancellationRequested ? DiscardReason.NetworkError : DiscardReason.InternalError, lost);
            }

            if (fault is not OperationCanceledException)
            {
                errors.Report(InternalErrors.ErrorTracking, fault);
            }
        }
    }

    private void DiscardAll()
    {
        foreach (Load load in _waiting.TakeAll())
        {
            discards.Add(DiscardReason.NetworkError, load);
        }
    }
}
