using System.Diagnostics;
using Mcp.Monitoring.Operations;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Has an official exporter send a batch, and counts what does not arrive. On the thread of the queue.</summary>
internal sealed class CountedExporter(Receiver receiver, DroppedSpans dropped, InternalErrors errors) : BaseExporter<Activity>
{
    private readonly Lock _exporting = new();
    private Activity[] _spans = [];
    private bool _isDelivered = true;
    private int _waiting;

    /// <summary>Takes a place in the queue for a span, on any thread.</summary>
    public bool TryEnter(int capacity)
    {
        if (Interlocked.Increment(ref _waiting) <= capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref _waiting);
        return false;
    }

    /// <summary>Waits for the batch that is on its way, on any thread, and returns whether it arrived.</summary>
    public bool WaitForBatch(int timeoutMilliseconds)
    {
        if (!_exporting.TryEnter(timeoutMilliseconds))
        {
            return false;
        }

        bool isDelivered = _isDelivered;
        _exporting.Exit();
        return isDelivered;
    }

    public override ExportResult Export(in Batch<Activity> batch)
    {
        // Wanted by nobody else but who waits for the end of this.
        lock (_exporting)
        {
            int count = Take(batch);
            Interlocked.Add(ref _waiting, -count);
            Answer answer = Deliver(count);
            Count(answer, count);
            Array.Clear(_spans, 0, count);
            dropped.Report();
            _isDelivered = answer.Kind == AnswerKind.Delivered;
            return _isDelivered ? ExportResult.Success : ExportResult.Failure;
        }
    }

    /// <summary>Counts everything that is still in the queue as lost; nothing is exported any more.</summary>
    public void DropRest()
    {
        if (Interlocked.Exchange(ref _waiting, 0) is > 0 and var rest)
        {
            dropped.Count(DropReason.Shutdown, rest, "the host ended");
        }

        dropped.Report();
    }

    // A batch can be read once.
    private int Take(in Batch<Activity> batch)
    {
        if (_spans.Length < batch.Count)
        {
            _spans = new Activity[batch.Count];
        }

        int count = 0;
        foreach (Activity span in batch)
        {
            _spans[count++] = span;
        }

        return count;
    }

    private Answer Deliver(int count)
    {
        // To write what is not sent any more takes longer than the end of the host may.
        if (receiver.Delivery.HasGivenUp)
        {
            return PatientHandler.HostEnded;
        }

        receiver.Delivery.Forget();
        bool isExported = false;
        try
        {
            for (int i = 0; i < count; i++)
            {
                ExceptionEvent.Write(_spans[i], receiver.ReadsTagsOnly);
            }

            isExported = receiver.Exporter.Export(new Batch<Activity>(_spans, count)) == ExportResult.Success;
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Tracing, fault);
        }

        return receiver.Delivery.Last(isExported);
    }

    private void Count(in Answer answer, int count)
    {
        switch (answer.Kind)
        {
            case AnswerKind.Delivered when answer.Rejected > 0:
                dropped.Count(DropReason.Rejected, Math.Min(answer.Rejected, count), "partial success");
                break;
            case AnswerKind.Refused:
                dropped.Count(DropReason.Refused, count, answer.Detail);
                break;
            case AnswerKind.Expired:
                dropped.Count(DropReason.Expired, count, answer.Detail);
                break;
            case AnswerKind.GivenUp:
                dropped.Count(DropReason.Shutdown, count, answer.Detail);
                break;
            case AnswerKind.Failed:
                dropped.Count(DropReason.Failed, count, answer.Detail);
                break;
        }
    }
}
