using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Mcp.Monitoring.ErrorTracking.Logging;
using Mcp.Monitoring.ErrorTracking.Protocol;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>Takes what waits, one envelope after the other, writes it and has it delivered. Runs on the thread pool, once.</summary>
internal sealed class SentryWorker(
    WaitingItems waiting, EnvelopeFactory envelopes, PrepareEvent prepare, EnvelopeDelivery delivery, RateLimits limits, DiscardCounts discards, InternalErrors errors, TimeProvider time,
    SentryTransportSettings settings)
{
    private readonly ConcurrentQueue<PendingFlush> _flushes = new();
    private readonly Alarm _work = new(time);
    private long? _logsSince;
    private long _lastReport = time.GetTimestamp();

    /// <summary>Tells that there is something new; called on any thread.</summary>
    public void Wake() => _work.Ring();

    public void Add(PendingFlush flush)
    {
        _flushes.Enqueue(flush);
        Wake();
    }

    /// <summary>Lets everybody go who waits for a flush.</summary>
    public void EndFlushes() => CompleteFlushes(static _ => true);

    public async Task RunAsync(CancellationToken stop)
    {
        OwnWork.Begin();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await SendNextAsync(stop).ConfigureAwait(false))
                {
                    await _work.WaitAsync(UntilDue(), stop).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                errors.Report(InternalErrors.ErrorTracking, exception);
            }
        }
    }

    /// <returns>Whether there may be more to do.</returns>
    private async Task<bool> SendNextAsync(CancellationToken stop)
    {
        bool isBusy = false;
        if (waiting.Events.TryTake(out SentryEvent? item))
        {
            isBusy = true;
            await DeliverAsync(waiting.Events, Load.Of(item), () => Write(item), stop).ConfigureAwait(false);
        }

        if (waiting.Transactions.TryTake(out SentryTransaction? transaction))
        {
            isBusy = true;
            await DeliverAsync(waiting.Transactions, Load.Of(transaction), () => new Written(envelopes.Of(transaction)), stop).ConfigureAwait(false);
        }

        if (AreLogsDue() && TakeLogs() is { Count: > 0 } logs)
        {
            isBusy = true;
            await DeliverAsync(waiting.Logs, Load.Of(logs), () => new Written(envelopes.Of(logs)), stop).ConfigureAwait(false);
        }

        if (!isBusy && IsReportDue())
        {
            _lastReport = time.GetTimestamp();
            await delivery.SendAsync(new Envelope(null, null, null), null, stop).ConfigureAwait(false);
        }

        CompleteFlushes(flush => waiting.HasLeft(flush) && (flush.IsReported || !CanReport()));
        return isBusy || !_flushes.IsEmpty;
    }

    private async Task DeliverAsync<T>(BoundedQueue<T> queue, Load load, Func<Written> write, CancellationToken stop)
    {
        DeliveryResult? settled = null;
        try
        {
            settled = limits.IsLimited(load.Category)
                ? new DeliveryResult(DiscardReason.RateLimitBackoff)
                : await SendAsync(load.Category, write, stop).ConfigureAwait(false);
        }
        finally
        {
            DeliveryResult result = settled ?? new DeliveryResult(stop.IsCancellationRequested ? DiscardReason.NetworkError : DiscardReason.InternalError);
            if (result.Reason is { } reason)
            {
                discards.Add(reason, load, result.IsCountedBySentry);
            }

            queue.Finish(load.Items);
        }
    }

    private async Task<DeliveryResult> SendAsync(DataCategory category, Func<Written> write, CancellationToken stop)
    {
        Written written;
        try
        {
            written = write();
        }
        catch (Exception exception)
        {
            errors.Report(InternalErrors.ErrorTracking, exception);
            return new DeliveryResult(DiscardReason.InternalError);
        }

        if (written.Envelope is not { } envelope)
        {
            return new DeliveryResult(written.Refused);
        }

        _lastReport = time.GetTimestamp();
        return await delivery.SendAsync(envelope, category, stop).ConfigureAwait(false);
    }

    private Written Write(SentryEvent item) => prepare(item, out DiscardReason reason) is { } ready ? new Written(envelopes.Of(ready)) : new Written(null, reason);

    private bool AreLogsDue()
    {
        int count = waiting.Logs.Count;
        if (count == 0)
        {
            _logsSince = null;
            return false;
        }

        _logsSince ??= time.GetTimestamp();
        return count >= settings.LogsPerEnvelope || !_flushes.IsEmpty || time.GetElapsedTime(_logsSince.Value) >= settings.LogPeriod;
    }

    private List<SentryLog> TakeLogs()
    {
        List<SentryLog> logs = [];
        while (logs.Count < settings.LogsPerEnvelope && waiting.Logs.TryTake(out SentryLog? log))
        {
            logs.Add(log);
        }

        _logsSince = null;
        return logs;
    }

    private bool CanReport() => discards.HasAny && !limits.IsEverythingLimited;

    private bool IsReportDue()
    {
        if (!CanReport())
        {
            return false;
        }

        bool isAskedFor = false;
        foreach (PendingFlush flush in _flushes)
        {
            isAskedFor |= !flush.IsReported;
            flush.IsReported = true;
        }

        return isAskedFor || time.GetElapsedTime(_lastReport) >= settings.ReportPeriod;
    }

    private TimeSpan UntilDue()
    {
        TimeSpan due = settings.ReportPeriod;
        if (_logsSince is { } since)
        {
            TimeSpan logs = settings.LogPeriod - time.GetElapsedTime(since);
            due = logs < due ? logs : due;
        }

        return due;
    }

    private void CompleteFlushes(Func<PendingFlush, bool> isOver)
    {
        for (int count = _flushes.Count; count > 0 && _flushes.TryDequeue(out PendingFlush? flush); count--)
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

    /// <summary>What became of an item when it was written: an envelope, or nothing for a reason.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Written(Envelope? Envelope, DiscardReason Refused = default);
}
