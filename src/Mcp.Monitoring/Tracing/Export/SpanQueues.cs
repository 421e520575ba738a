using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The queues of this host, one per receiver.</summary>
internal sealed class SpanQueues(OperationSpans spans, MetricsRegistry registry, InternalErrors errors, TimeProvider time, ILogger<SpanQueues> logger)
{
    private readonly List<SpanQueue> _queues = [];

    public IReadOnlyList<SpanQueue> Opened => _queues;

    /// <summary>Opens a queue to each receiver that the settings name; called once, when the provider is made that feeds them.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="besideHosts">Whether the provider is the host's own.</param>
    public IReadOnlyList<SpanQueue> Open(OtelOptions options, bool besideHosts)
    {
        var times = new SpanQueueOptions { Capacity = options.QueueSize, Interval = TimeSpan.FromMilliseconds(options.SendIntervalMs) };
        foreach (Receiver receiver in Receivers.Of(options, besideHosts, time, logger))
        {
            _queues.Add(new SpanQueue(receiver, times, new DroppedSpans(registry, receiver.Name, time, logger), errors, time, spans.Source));
            Log.SpansAreSent(logger, receiver.Name);
        }

        return _queues;
    }

    /// <summary>Has all of them send what is left at the same time: one that hangs takes nothing from the others.</summary>
    public void BeginClose()
    {
        foreach (SpanQueue queue in _queues)
        {
            queue.BeginClose();
        }
    }
}
