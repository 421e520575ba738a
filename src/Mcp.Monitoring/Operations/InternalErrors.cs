using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Operations;

/// <summary>Where monitoring's own failures end: counted by component, logged at most once a minute each, never thrown.</summary>
internal sealed class InternalErrors(ILoggerFactory logging, MonitoringClock clock)
{
    /// <summary>The parts that can fail, the label <c>component</c>.</summary>
    public const string Observer = "observer", ErrorMapping = "error_mapping", Operation = "operation", Instrumentation = "instrumentation", MeterBridge = "meter_bridge", PrometheusNet = "prometheus_net",
        Tracing = "tracing", ErrorTracking = "error_tracking", Alerting = "alerting", Heartbeat = "heartbeat";

    private readonly ILogger _logger = logging.CreateLogger("Mcp.Monitoring");
    private readonly ConcurrentDictionary<string, Component> _components = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Components { get; } = [Observer, ErrorMapping, Operation, Instrumentation, MeterBridge, PrometheusNet, Tracing, ErrorTracking, Alerting, Heartbeat];

    /// <summary>Gets or sets who counts; set once, by the metrics.</summary>
    public Action<string>? Counted { get; set; }

    /// <summary>Counts a failure that its component tells of by itself.</summary>
    public void Count(string component) => Counted?.Invoke(component);

    public void Report(string component, Exception exception)
    {
        Counted?.Invoke(component);
        long now = clock.Timestamp;
        Component state = _components.GetOrAdd(component, static _ => new Component());
        long next = Volatile.Read(ref state.NextLog);
        if (now >= next && Interlocked.CompareExchange(ref state.NextLog, now + clock.ToTicks(TimeSpan.FromMinutes(1)), next) == next)
        {
            try
            {
                Log.MonitoringFailed(_logger, exception, component);
            }
            catch (Exception)
            {
                // A logger that fails has nowhere to say so; the failure itself is counted.
            }
        }
    }

    private sealed class Component
    {
        public long NextLog = long.MinValue;
    }
}
