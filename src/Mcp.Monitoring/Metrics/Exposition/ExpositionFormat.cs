namespace Mcp.Monitoring.Metrics.Exposition;

internal enum ExpositionFormat
{
    /// <summary>The Prometheus text format, version 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.</summary>
    OpenMetrics,

    /// <summary>Messages <c>io.prometheus.client.MetricFamily</c>, each after its length: the only format with native histograms.</summary>
    Protobuf,
}
