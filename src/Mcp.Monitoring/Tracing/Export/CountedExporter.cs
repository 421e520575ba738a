using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Has an official exporter send a batch, and counts what does not arrive. On the thread of the queue.</summary>
internal sealed class CountedExporter(Receiver receiver, DroppedSpans dropped, InternalErrors errors) : BaseExporter<Activity>
{
    private Activity[] _spans = [];
    private int _waiting;

    /// <summary>Gets how many spans wait in the queue.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

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

    public override ExportResult Export(in Batch<Activity> batch)
    {
        int count = Take(batch);
        Interlocked.Add(ref _waiting, -count);
        bool isExported = false;
        receiver.Delivery.Forget();
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

        Answer answer = receiver.Delivery.Last(isExported);
        Count(answer, count);
        Array.Clear(_spans, 0, count);
        dropped.Tell();
        return answer.Kind == AnswerKind.Delivered ? ExportResult.Success : ExportResult.Failure;
    }

    /// <summary>Counts everything that is still in the queue as lost; nothing is exported any more.</summary>
    public void DropRest()
    {
        if (Interlocked.Exchange(ref _waiting, 0) is > 0 and var rest)
        {
            dropped.Count(DropReason.Shutdown, rest, "the host ended");
        }

        dropped.Tell();
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

    private void Count(in Answer answer, int count)
    {
        DropReason? reason = answer.Kind switch
        {
            AnswerKind.Delivered => answer.Rejected > 0 ? DropReason.Rejected : null,
            AnswerKind.Refused => DropReason.Refused,
            AnswerKind.GivenUp => DropReason.Shutdown,
            AnswerKind.Failed => DropReason.Failed,
            _ => DropReason.Expired,
        };
        if (reason is { } lost)
        {
            dropped.Count(lost, lost == DropReason.Rejected ? Math.Min(answer.Rejected, count) : count, lost == DropReason.Rejected ? "partial success" : answer.Detail);
        }
    }
}
