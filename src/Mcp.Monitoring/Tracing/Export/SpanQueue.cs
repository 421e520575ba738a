using System.Diagnostics;
using Mcp.Monitoring.Operations;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Spans on their way to one receiver: the SDK's own queue and thread, with a place in it for each span that is let in, so that nothing is lost without being
/// counted. Spans are added on the application's threads, without a lock and without waiting.
/// </summary>
internal sealed class SpanQueue : BatchActivityExportProcessor
{
    private const int LargestBatch = 512;
    private const int AfterGivingUpMs = 400;

    private readonly Receiver _receiver;
    private readonly CountedExporter _exporter;
    private readonly int _capacity;
    private readonly TimeSpan _closeLimit;
    private readonly DroppedSpans _dropped;
    private readonly ActivitySource? _own;
    private volatile bool _isClosing;

    /// <param name="receiver">Where they go.</param>
    /// <param name="settings">How long they wait, and how many.</param>
    /// <param name="dropped">Counts what is lost.</param>
    /// <param name="errors">Takes what fails here.</param>
    /// <param name="own">The source of this host: another host in the process has one of the same name, whose spans it sends itself.</param>
    public SpanQueue(Receiver receiver, SpanQueueSettings settings, DroppedSpans dropped, InternalErrors errors, ActivitySource? own = null)
        : this(receiver, new CountedExporter(receiver, dropped, errors), settings, dropped, own)
    {
    }

    private SpanQueue(Receiver receiver, CountedExporter exporter, SpanQueueSettings settings, DroppedSpans dropped, ActivitySource? own)
        : base(exporter, settings.Capacity, (int)settings.Interval.TotalMilliseconds, maxExportBatchSize: Math.Min(settings.Capacity, LargestBatch))
    {
        _receiver = receiver;
        _exporter = exporter;
        _capacity = settings.Capacity;
        _closeLimit = settings.CloseLimit;
        _dropped = dropped;
        _own = own;
    }

    public override void OnEnd(Activity data)
    {
        if (!data.Recorded || (!ReferenceEquals(data.Source, _own) && _own is not null && data.Source.Name == SpanSources.Own))
        {
            return;
        }

        if (_isClosing)
        {
            _dropped.Count(DropReason.Shutdown);
        }
        else if (!_exporter.TryEnter(_capacity))
        {
            _dropped.Count(DropReason.QueueFull);
        }
        else
        {
            base.OnEnd(data);
        }
    }

    // The SDK's own flush ends when the last batch begins.
    protected override bool OnForceFlush(int timeoutMilliseconds) => base.OnForceFlush(timeoutMilliseconds) && _exporter.WaitForBatch(timeoutMilliseconds);

    /// <summary>Sends what is left, for as long as the end of the host may wait, and counts the rest.</summary>
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        _isClosing = true;
        int wait = (int)_closeLimit.TotalMilliseconds;
        wait = timeoutMilliseconds > 0 ? Math.Min(timeoutMilliseconds, wait) : timeoutMilliseconds == 0 ? 1 : wait;
        _receiver.Delivery.CloseWithin(TimeSpan.FromMilliseconds(wait));
        bool isInTime = base.OnShutdown(wait);
        bool hasEnded = isInTime;
        if (!isInTime)
        {
            _receiver.Delivery.GiveUp();
            hasEnded = base.OnShutdown(AfterGivingUpMs);
        }

        if (hasEnded)
        {
            _exporter.DropRest();
        }

        return isInTime;
    }
}
