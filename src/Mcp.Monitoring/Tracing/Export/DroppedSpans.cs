using Mcp.Monitoring.Metrics.Registry;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Counts what does not reach one receiver, and says so at most once a minute.</summary>
internal sealed class DroppedSpans
{
    public const string Component = "otel_traces";

    private static readonly TimeSpan BetweenMessages = TimeSpan.FromMinutes(1);

    private readonly string _receiver;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Counter[] _counters;
    private long _dropped;
    private long _told;
    private long _toldAt;
    private string _detail = "";

    public DroppedSpans(MetricsRegistry registry, string receiver, TimeProvider time, ILogger logger)
    {
        _receiver = receiver;
        _time = time;
        _logger = logger;
        _counters = [.. Enum.GetValues<DropReason>().Select(reason => registry.Dropped.With(Component, Label(reason)))];
    }

    public static string Label(DropReason reason) => reason switch
    {
        DropReason.QueueFull => "queue_full",
        DropReason.Refused => "refused",
        DropReason.Expired => "expired",
        DropReason.Rejected => "rejected",
        DropReason.Failed => "failed",
        _ => "shutdown",
    };

    /// <summary>Counts, on any thread.</summary>
    public void Count(DropReason reason, long spans = 1)
    {
        _counters[(int)reason].Add(spans);
        Interlocked.Add(ref _dropped, spans);
    }

    /// <summary>Counts, on the thread of the queue, and keeps what was the matter for the next message.</summary>
    public void Count(DropReason reason, long spans, string detail)
    {
        _detail = detail;
        Count(reason, spans);
    }

    /// <summary>Says what was dropped since the last message, on the thread of the queue.</summary>
    public void Report()
    {
        long dropped = Volatile.Read(ref _dropped);
        if (dropped == _told || (_told > 0 && _time.GetElapsedTime(_toldAt) < BetweenMessages))
        {
            return;
        }

        Log.SpansDropped(_logger, dropped - _told, _receiver, _detail.Length == 0 ? "too many at once" : _detail);
        _told = dropped;
        _toldAt = _time.GetTimestamp();
        _detail = "";
    }
}
