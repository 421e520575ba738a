using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The queues of this host, one per receiver.</summary>
internal sealed class SpanQueues(Receivers receivers, OperationSpans spans, MetricsRegistry registry, InternalErrors errors, TimeProvider time, ILogger<SpanQueues> logger)
{
    private readonly List<SpanQueue> _queues = [];

    public IReadOnlyList<SpanQueue> Opened => _queues;

    /// <summary>Opens a queue to each receiver that the settings name; called once, when the provider is made that feeds them.</summary>
    /// <param name="builder">The provider.</param>
    /// <param name="options">The settings.</param>
    /// <param name="besideHosts">Whether the host sends too.</param>
    public void Open(TracerProviderBuilder builder, OtelOptions options, bool besideHosts)
    {
        var settings = new SpanQueueSettings(options.QueueSize, TimeSpan.FromMilliseconds(options.SendIntervalMs));
        foreach (Receiver receiver in receivers.Of(options, besideHosts))
        {
            var queue = new SpanQueue(receiver, settings, new DroppedSpans(registry, receiver.Name, time, logger), errors, spans.Source);
            _queues.Add(queue);
            builder.AddProcessor(queue).AddProcessor(new ExporterOwner(receiver.Exporter));
            Log.SpansAreSent(logger, receiver.Name);
        }
    }

    /// <summary>Has all of them send what is left at the same time, and waits: one that hangs takes nothing from the others.</summary>
    public void Close()
    {
        Thread[] closing = [.. _queues.Select(queue => new Thread(() => queue.Shutdown()) { IsBackground = true, Name = "Mcp.Monitoring spans' end" })];
        foreach (Thread thread in closing)
        {
            thread.UnsafeStart();
        }

        foreach (Thread thread in closing)
        {
            thread.Join();
        }
    }
}
