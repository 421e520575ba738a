using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Mcp.Monitoring.ErrorTracking.Protocol;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>
/// Bounded queues and one worker behind them, which writes and sends. The worker begins with the first item; a host that never fails never has one. Nothing is ever put on a disk.
/// </summary>
internal sealed class SentryTransport : SentryOutbox, IDisposable, IAsyncDisposable
{
    private readonly SentryTransportSettings _settings;
    private readonly EnvelopeFactory _envelopes;
    private readonly PrepareEvent _prepare;
    private readonly EnvelopeClient _client;
    private readonly EnvelopeDelivery _delivery;
    private readonly RateLimits _limits;
    private readonly DiscardCounts _discards;
    private readonly InternalErrors _errors;
    private readonly TimeProvider _time;
    private readonly BoundedQueue<SentryEvent> _events;
    private readonly BoundedQueue<SentryTransaction> _transactions;
    private readonly BoundedQueue<SentryLog> _logs;
    private readonly ConcurrentQueue<PendingFlush> _flushes = new();
    private readonly Alarm _work;
    private readonly Alarm _hurry;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private Task? _worker;
    private volatile bool _isClosed;
    private int _isStopping;
    private long? _logsSince;
    private long _lastReport;

    public SentryTransport(
        Dsn dsn, EnvelopeFactory envelopes, PrepareEvent prepare, HttpMessageInvoker http, MetricsRegistry registry, InternalErrors errors, TimeProvider time,
        ILogger<SentryTransport> logger, SentryTransportSettings settings)
    {
        _settings = settings;
        _envelopes = envelopes;
        _prepare = prepare;
        _errors = errors;
        _time = time;
        _events = new BoundedQueue<SentryEvent>(settings.Events);
        _transactions = new BoundedQueue<SentryTransaction>(settings.Transactions);
        _logs = new BoundedQueue<SentryLog>(settings.Logs);
        _work = new Alarm(time);
        _hurry = new Alarm(time);
        _limits = new RateLimits(time);
        _discards = new DiscardCounts(registry);
        _client = new EnvelopeClient(http, dsn, time, settings.Timeout);
        _delivery = new EnvelopeDelivery(_client, _limits, _discards, _hurry, new DeliveryLog(logger, dsn.Endpoint.Authority, time), time, settings.RetryFor);
        _lastReport = time.GetTimestamp();
    }

    public override bool TryEnqueue(SentryEvent item) => TryEnqueue(_events, item, Load.Of(item));

    public override bool TryEnqueue(SentryTransaction item) => TryEnqueue(_transactions, item, Load.Of(item));

    public override bool TryEnqueue(SentryLog item)
    {
        if (Refusal(_logs, item, DataCategory.LogItem) is { } reason)
        {
            Discard(reason, Load.Of([item]));
            return false;
        }

        int waiting = _logs.Count;
        if (waiting == 1 || waiting % _settings.LogsPerEnvelope == 0)
        {
            Wake();
        }

        return DrainIfClosed();
    }

    public override void Discarded(DiscardReason reason, DataCategory category, int quantity = 1)
    {
        _discards.Add(reason, category, quantity);
        Start();
    }

    public override async Task<bool> FlushAsync(TimeSpan limit)
    {
        PendingFlush flush = BeginFlush();
        using var over = new CancellationTokenSource();
        await Task.WhenAny(flush.Task, Task.Delay(limit, _time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return flush.Task.IsCompleted;
    }

    // Waits for the system's clock, which no timer on a busy thread pool delays.
    public override bool Flush(TimeSpan limit) => BeginFlush().Task.Wait(limit);

    /// <summary>Sends what waits within the time given, then ends; what is left is counted as dropped.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
        {
            await FlushAsync(limit).ConfigureAwait(false);
            await CloseAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
        {
            Flush(_settings.ShutdownTimeout);
            CloseAsync().GetAwaiter().GetResult();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(_settings.ShutdownTimeout).ConfigureAwait(false);

    private bool TryEnqueue<T>(BoundedQueue<T> queue, T item, Load load)
    {
        if (Refusal(queue, item, load.Category) is { } reason)
        {
            Discard(reason, load);
            return false;
        }

        Wake();
        return DrainIfClosed();
    }

    private DiscardReason? Refusal<T>(BoundedQueue<T> queue, T item, DataCategory category) =>
        _isClosed ? DiscardReason.NetworkError
        : _limits.IsLimited(category) ? DiscardReason.RateLimitBackoff
        : queue.TryAdd(item) ? null
        : DiscardReason.QueueOverflow;

    // Whoever adds while the queue is being closed may have come after it was emptied.
    private bool DrainIfClosed()
    {
        if (!_isClosed)
        {
            return true;
        }

        DiscardAll();
        return false;
    }

    private void Wake()
    {
        Start();
        _work.Ring();
    }

    private void Start()
    {
        if (Volatile.Read(ref _worker) is not null)
        {
            return;
        }

        lock (_starting)
        {
            if (_worker is null && !_isClosed)
            {
                // The worker belongs to no request: no span, no correlation id, no culture of whoever came first.
                using AsyncFlowControl? apart = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
                Volatile.Write(ref _worker, Task.Run(RunAsync));
            }
        }
    }

    private PendingFlush BeginFlush()
    {
        var flush = new PendingFlush(_events.Added, _transactions.Added, _logs.Added);
        if (_isClosed || (Volatile.Read(ref _worker) is null && !_discards.HasAny))
        {
            flush.Complete();
            return flush;
        }

        _flushes.Enqueue(flush);
        Wake();
        _hurry.Ring();
        return flush;
    }

    private async Task CloseAsync()
    {
        _isClosed = true;
        Task? worker;
        lock (_starting)
        {
            worker = _worker;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        if (worker is not null)
        {
            await worker.ConfigureAwait(false);
        }

        DiscardAll();
        CompleteFlushes(static _ => true);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!await SendNextAsync().ConfigureAwait(false))
                {
                    await _work.WaitAsync(UntilDue(), _stop.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _errors.Report(InternalErrors.ErrorTracking, exception);
            }
        }
    }

    /// <returns>Whether there was anything to do.</returns>
    private async Task<bool> SendNextAsync()
    {
        bool isBusy = false;
        if (_events.TryTake(out SentryEvent? item))
        {
            isBusy = true;
            await DeliverAsync(_events, Load.Of(item), () => Write(item)).ConfigureAwait(false);
        }

        if (_transactions.TryTake(out SentryTransaction? transaction))
        {
            isBusy = true;
            await DeliverAsync(_transactions, Load.Of(transaction), () => new Written(_envelopes.Of(transaction))).ConfigureAwait(false);
        }

        if (AreLogsDue())
        {
            List<SentryLog> logs = TakeLogs();
            isBusy = true;
            await DeliverAsync(_logs, Load.Of(logs), () => new Written(_envelopes.Of(logs))).ConfigureAwait(false);
        }

        if (!isBusy && IsReportDue())
        {
            _lastReport = _time.GetTimestamp();
            await _delivery.SendAsync(new Envelope(null, null, null), null, _stop.Token).ConfigureAwait(false);
        }

        CompleteFlushes(flush => flush.IsReached(_events.Finished, _transactions.Finished, _logs.Finished) && (flush.IsReported || !CanReport()));
        return isBusy || !_flushes.IsEmpty;
    }

    private async Task DeliverAsync<T>(BoundedQueue<T> queue, Load load, Func<Written> write)
    {
        DeliveryResult? settled = null;
        try
        {
            settled = _limits.IsLimited(load.Category)
                ? new DeliveryResult(DiscardReason.RateLimitBackoff)
                : await SendAsync(load.Category, write).ConfigureAwait(false);
        }
        finally
        {
            DeliveryResult result = settled ?? new DeliveryResult(_stop.IsCancellationRequested ? DiscardReason.NetworkError : DiscardReason.InternalError);
            if (result.Reason is { } reason)
            {
                Discard(reason, load, result.IsCountedBySentry);
            }

            queue.Finish(load.Items);
        }
    }

    private async Task<DeliveryResult> SendAsync(DataCategory category, Func<Written> write)
    {
        Written written;
        try
        {
            written = write();
        }
        catch (Exception exception)
        {
            _errors.Report(InternalErrors.ErrorTracking, exception);
            return new DeliveryResult(DiscardReason.InternalError);
        }

        if (written.Envelope is not { } envelope)
        {
            return new DeliveryResult(written.Refused);
        }

        _lastReport = _time.GetTimestamp();
        return await _delivery.SendAsync(envelope, category, _stop.Token).ConfigureAwait(false);
    }

    private Written Write(SentryEvent item) => _prepare(item, out DiscardReason reason) is { } ready ? new Written(_envelopes.Of(ready)) : new Written(null, reason);

    private bool AreLogsDue()
    {
        if (_logs.Count == 0)
        {
            _logsSince = null;
            return false;
        }

        _logsSince ??= _time.GetTimestamp();
        return _logs.Count >= _settings.LogsPerEnvelope || !_flushes.IsEmpty || _time.GetElapsedTime(_logsSince.Value) >= _settings.LogPeriod;
    }

    private List<SentryLog> TakeLogs()
    {
        List<SentryLog> logs = [];
        while (logs.Count < _settings.LogsPerEnvelope && _logs.TryTake(out SentryLog? log))
        {
            logs.Add(log);
        }

        _logsSince = null;
        return logs;
    }

    private bool CanReport() => _discards.HasAny && !_limits.IsEverythingLimited;

    private bool IsReportDue()
    {
        if (!CanReport())
        {
            return false;
        }

        bool isFlushed = false;
        foreach (PendingFlush flush in _flushes)
        {
            isFlushed |= !flush.IsReported;
            flush.IsReported = true;
        }

        return isFlushed || _time.GetElapsedTime(_lastReport) >= _settings.ReportPeriod;
    }

    private TimeSpan UntilDue()
    {
        TimeSpan due = _settings.ReportPeriod;
        if (_logsSince is { } since)
        {
            TimeSpan logs = _settings.LogPeriod - _time.GetElapsedTime(since);
            due = logs < due ? logs : due;
        }

        return due;
    }

    private void CompleteFlushes(Func<PendingFlush, bool> isOver)
    {
        for (int waiting = _flushes.Count; waiting > 0 && _flushes.TryDequeue(out PendingFlush? flush); waiting--)
        {
            if (isOver(flush))
            {
                flush.Complete();
            }
            else
            {
                _flushes.Enqueue(flush);
            }
        }
    }

    private void DiscardAll()
    {
        while (_events.TryTake(out SentryEvent? item))
        {
            Discard(DiscardReason.NetworkError, Load.Of(item));
        }

        while (_transactions.TryTake(out SentryTransaction? transaction))
        {
            Discard(DiscardReason.NetworkError, Load.Of(transaction));
        }

        while (_logs.TryTake(out SentryLog? log))
        {
            Discard(DiscardReason.NetworkError, Load.Of([log]));
        }
    }

    private void Discard(DiscardReason reason, Load load, bool isCountedBySentry = false)
    {
        if (isCountedBySentry)
        {
            _discards.Count(reason, load.Category, load.Items);
            return;
        }

        _discards.Add(reason, load.Category, load.Items);
        if (load.PartCategory is { } part)
        {
            _discards.Add(reason, part, load.Parts);
        }
    }

    /// <summary>What became of an item when it was written: an envelope, or nothing for a reason.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Written(Envelope? Envelope, DiscardReason Refused = default);
}
