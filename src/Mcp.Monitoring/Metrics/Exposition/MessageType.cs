namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>The enum <c>MetricType</c> of the protobuf format.</summary>
internal enum MessageType
{
    Counter = 0,
    Gauge = 1,
    Summary = 2,
    Untyped = 3,
    Histogram = 4,
}
