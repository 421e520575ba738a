using Mcp.Monitoring.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// What is added to providers that the host makes itself with <c>AddOpenTelemetry()</c>, while they are being made. It is the host that samples and that follows
/// the variables <c>OTEL_*</c>: we add sources, and queues to receivers that our own settings name.
/// </summary>
internal sealed class HostsProviders(OtelOptions options, MetricsOptions metrics, SpanQueues queues, TimeProvider time, ILogger<HostsProviders> logger)
{
    /// <summary>Gets whether a TracerProvider took what we add.</summary>
    public bool HasTracer { get; private set; }

    public bool HasMeter { get; private set; }

    public void Add(TracerProviderBuilder builder)
    {
        HasTracer = true;
        if (options.IsOff)
        {
            return;
        }

        builder.AddSource([SpanSources.Own, .. options.Sources]);
        if (!options.IsOn)
        {
            return;
        }

        foreach (SpanQueue queue in queues.Open(options, besideHosts: true))
        {
            builder.AddProcessor(queue);
        }
    }

    public void Add(MeterProviderBuilder builder)
    {
        HasMeter = true;
        if (!options.IsOn || !options.Metrics)
        {
            return;
        }

        builder.AddMeter([.. MetricPush.Meters(metrics)]);
        if ((options.OtlpMetricsEndpoint is null ? options.OtlpVariable : options.OtlpMetricsVariable) is null)
        {
            builder.AddReader(MetricPush.Reader(options, time, logger));
        }
    }
}
