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
    private readonly WaitingItems _waiting;
    private readonly RateLimits _limits;
    private readonly DiscardCounts _discards;
    private readonly EnvelopeClient _client;
    private readonly SentryWorker _worker;
    private readonly Alarm _hurry;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private Task? _running;
    private volatile bool _isClosed;
    private volatile bool _isLate;
    private int _isStopping;

    public SentryTransport(
        Dsn dsn, EnvelopeFactory envelopes, PrepareEvent prepare, HttpMessageInvoker http, MetricsRegistry registry, InternalErrors errors, TimeProvider time,
        ILogger<SentryTransport> logger, SentryTransportSettings settings)
    {
        _settings = settings;
        _time = time;
        _waiting = new WaitingItems(settings);
        _limits = new RateLimits(time);
        _discards = new DiscardCounts(registry);
        _client = new EnvelopeClient(http, dsn, time, settings.Timeout);
        _hurry = new Alarm(time);
        var log = new DeliveryLog(logger, dsn.Endpoint.Authority, time);
        var delivery = new EnvelopeDelivery(_client, _limits, _discards, _hurry, log, time, settings.RetryFor);
        _worker = new SentryWorker(_waiting, envelopes, prepare, delivery, _limits, _discards, errors, time, settings);
    }

    public override bool TryEnqueue(SentryEvent item) => TryEnqueue(_waiting.Events, item, Load.Of(item));

    public override bool TryEnqueue(SentryTransaction item) => TryEnqueue(_waiting.Transactions, item, Load.Of(item));

    public override bool TryEnqueue(SentryLog item)
    {
        if (Refusal(_waiting.Logs, item, DataCategory.LogItem, out int waiting) is { } reason)
        {
            _discards.Add(reason, Load.Of([item]));
            return false;
        }

        // The first one starts the wait for others; those that fill an envelope end it.
        if (waiting == 1 || waiting % _settings.LogsPerEnvelope == 0)
        {
            Wake();
        }

        return !WasClosed();
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
        _isLate = !flush.Task.IsCompleted;
        return !_isLate;
    }

    // Waits for the system's clock, which no timer on a busy thread pool delays.
    public override bool Flush(TimeSpan limit)
    {
        _isLate = !BeginFlush().Task.Wait(limit);
        return !_isLate;
    }

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
            Flush(LastWait);
            CloseAsync().GetAwaiter().GetResult();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(LastWait).ConfigureAwait(false);

    // Who has just waited in vain waits no second time.
    private TimeSpan LastWait => _isLate ? TimeSpan.Zero : _settings.ShutdownTimeout;

    private bool TryEnqueue<T>(BoundedQueue<T> queue, T item, Load load)
    {
        if (Refusal(queue, item, load.Category, out _) is { } reason)
        {
            _discards.Add(reason, load);
            return false;
        }

        Wake();
        return !WasClosed();
    }

    private DiscardReason? Refusal<T>(BoundedQueue<T> queue, T item, DataCategory category, out int waiting)
    {
        waiting = 0;
        return _isClosed ? DiscardReason.NetworkError
            : _limits.IsLimited(category) ? DiscardReason.RateLimitBackoff
            : queue.TryAdd(item, out waiting) ? null
            : DiscardReason.QueueOverflow;
    }

    // Whoever adds while the queues are being closed may have come after they were emptied.
    private bool WasClosed()
    {
        if (_isClosed)
        {
            DiscardAll();
        }

        return _isClosed;
    }

    private void Wake()
    {
        Start();
        _worker.Wake();
    }

    private void Start()
    {
        if (Volatile.Read(ref _running) is not null)
        {
            return;
        }

        lock (_starting)
        {
            if (_running is null && !_isClosed)
            {
                // It belongs to no request: no span, no correlation id, no culture of whoever came first.
                using AsyncFlowControl? apart = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
                CancellationToken stop = _stop.Token;
                Volatile.Write(ref _running, Task.Run(() => _worker.RunAsync(stop), CancellationToken.None));
            }
        }
    }

    private PendingFlush BeginFlush()
    {
        PendingFlush flush = _waiting.Flush();
        if (_isClosed || (Volatile.Read(ref _running) is null && !_discards.HasAny))
        {
            flush.Complete();
            return flush;
        }

        Start();
        _worker.Add(flush);
        _hurry.Ring();
        if (_isClosed)
        {
            _worker.EndFlushes();
        }

        return flush;
    }

    private async Task CloseAsync()
    {
        Task? running;
        lock (_starting)
        {
            _isClosed = true;
            running = _running;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        if (running is not null)
        {
            await running.ConfigureAwait(false);
        }

        DiscardAll();
        _worker.EndFlushes();
        _client.Dispose();
        _stop.Dispose();
    }

    private void DiscardAll()
    {
        foreach (Load load in _waiting.TakeAll())
        {
            _discards.Add(DiscardReason.NetworkError, load);
        }
    }
}
