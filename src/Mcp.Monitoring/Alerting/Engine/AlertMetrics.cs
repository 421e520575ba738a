using System.Runtime.InteropServices;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Shows on <c>/metrics</c> what fires; engine's thread.</summary>
internal sealed class AlertMetrics(MetricsRegistry registry)
{
    private readonly GaugeFamily _alerts = registry.Gauge(MetricNames.Alerts);
    private readonly GaugeFamily _incidents = registry.Gauge(MetricNames.Incidents);
    private readonly Dictionary<(string Name, AlertSeverity Severity, AlertState State), int> _counts = [];

    public void Show(IEnumerable<Alert> active, AlertStatistics statistics)
    {
        // What is no longer there is shown as 0: a series that vanishes tells nobody that it is over.
        foreach (var key in _counts.Keys)
        {
            _counts[key] = 0;
        }

        foreach (Alert alert in active)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, (alert.Name, alert.Severity, alert.State), out _)++;
        }

        foreach (((string name, AlertSeverity severity, AlertState state), int count) in _counts)
        {
            _alerts.With(name, severity.Label(), state.Label()).Set(count);
        }

        foreach (((IncidentState state, AlertSeverity severity), int count) in statistics.Incidents)
        {
            if (state != IncidentState.Resolved)
            {
                _incidents.With(severity.Label(), state.Label()).Set(count);
            }
        }
    }
}
