using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Decides what is sent when: batches that are full or have waited long enough, and again those that the receiver did not take, as it asks. One thread at a time;
/// it never waits itself, but says how long there is nothing to do.
/// </summary>
internal sealed class SpanSender(Receiver receiver, SpanRing ring, SpanQueueOptions options, DroppedSpans dropped, InternalErrors errors, TimeProvider time)
{
    private readonly Activity?[] _batch = new Activity?[options.BatchSize];
    private readonly long _start = time.GetTimestamp();
    private int _count;
    private int _failures;
    private string _problem = "";
    private TimeSpan _heldSince;
    private TimeSpan _notBefore;
    private TimeSpan _due = options.Interval;

    public bool IsEmpty => _count == 0 && ring.Count == 0;

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Sends what is to be sent now.</summary>
    /// <param name="everything">Whether batches need not be full.</param>
    /// <param name="closing">Ends the work between two batches.</param>
    /// <returns>How long there is nothing to do, unless more spans come.</returns>
    public TimeSpan Work(bool everything, CancellationToken closing = default)
    {
        while (!closing.IsCancellationRequested)
        {
            TimeSpan now = Now;
            if (_count > 0 && now - _heldSince >= options.KeepRefused)
            {
                Drop(DropReason.Expired, _problem);
            }

            if (now < _notBefore)
            {
                return _count > 0 ? Least(_notBefore - now, _heldSince + options.KeepRefused - now) : _notBefore - now;
            }

            bool isNew = _count == 0;
            if (isNew && !TakeBatch(everything, now))
            {
                return _due - now;
            }

            Send(isNew);
        }

        return TimeSpan.Zero;
    }

    /// <summary>Counts everything that is still here as lost.</summary>
    public void DropRest()
    {
        do
        {
            Drop(DropReason.Shutdown, "the host ended");
            _count = ring.Take(_batch);
        }
        while (_count > 0);
    }

    private bool TakeBatch(bool everything, TimeSpan now)
    {
        if (!everything && now < _due && ring.Count < options.BatchSize)
        {
            return false;
        }

        _count = ring.Take(_batch);
        for (int i = 0; i < _count; i++)
        {
            Complete(_batch[i]!);
        }

        if (_count < options.BatchSize)
        {
            _due = now + options.Interval;
        }

        return _count > 0;
    }

    private void Complete(Activity span)
    {
        try
        {
            ExceptionEvent.Write(span);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Tracing, fault);
        }
    }

    private void Send(bool isNew)
    {
        Answer answer = Export();
        switch (answer.Kind)
        {
            case AnswerKind.Later:
                TimeSpan now = Now;
                _heldSince = isNew ? now : _heldSince;
                _notBefore = now + (answer.RetryAfter ?? options.Backoff(++_failures));
                _problem = answer.Detail;
                return;
            case AnswerKind.Refused:
                Drop(DropReason.Refused, answer.Detail);
                return;
            case AnswerKind.Failed:
                Drop(DropReason.Failed, answer.Detail);
                return;
            default:
                _failures = 0;
                if (Math.Min(answer.Rejected, _count) is > 0 and var rejected)
                {
                    dropped.Count(DropReason.Rejected, rejected, "partial success");
                }

                Release();
                return;
        }
    }

    private Answer Export()
    {
        receiver.Answers.Forget();
        bool isExported = false;
        try
        {
            using IDisposable quiet = SuppressInstrumentationScope.Begin();
            isExported = receiver.Exporter.Export(new Batch<Activity>(_batch!, _count)) == ExportResult.Success;
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Tracing, fault);
        }

        return receiver.Answers.Last(isExported);
    }

    private void Drop(DropReason reason, string detail)
    {
        if (_count > 0)
        {
            dropped.Count(reason, _count, detail);
        }

        Release();
    }

    private void Release()
    {
        Array.Clear(_batch, 0, _count);
        _count = 0;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
