using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Instrumentation.Server;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring;

/// <summary>Everything that can be set, one section per concern. Nothing has to be. Checked when the host starts: all faults at once.</summary>
public sealed class McpMonitoringOptions
{
    /// <summary>Gets or sets where the service runs, the label <c>environment</c> of <c>mcp_build_info</c>.</summary>
    /// <value>The default is <see langword="null"/>: the environment of the host, such as <c>Production</c>.</value>
    public string? Environment { get; set; }

    /// <summary>Gets metrics and where they are served.</summary>
    public PrometheusOptions Prometheus { get; } = new();

    /// <summary>Gets the limits that operations are judged by.</summary>
    public ThresholdOptions Thresholds { get; } = new();

    /// <summary>Gets what the host's own exceptions mean.</summary>
    public ErrorOptions Errors { get; } = new();

    /// <summary>Gets which clients are counted by name.</summary>
    public ClientOptions Clients { get; } = new();

    /// <summary>Gets how HTTP requests are monitored.</summary>
    public HttpOptions Http { get; } = new();

    internal IEnumerable<Fault> Check() =>
    [
        .. Prometheus.Check().Select(fault => fault.In(nameof(Prometheus))),
        .. Thresholds.Check().Select(fault => fault.In(nameof(Thresholds))),
        .. Clients.Check().Select(fault => fault.In(nameof(Clients))),
        .. Http.Check().Select(fault => fault.In(nameof(Http))),
    ];
}
