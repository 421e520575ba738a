namespace Mcp.Monitoring.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
