using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Our part in the one MeterProvider of a host, while it is made and before the host's own, where metrics are sent.</summary>
internal sealed class MeterProviderConfigurator(
    OtelOptions options, MetricsOptions metrics, BuildInfo build, HostsTelemetry hosts, IServiceProvider services, Receivers receivers, ILogger<MeterProviderConfigurator> logger)
{
    /// <summary>Gets whether the provider took what we add.</summary>
    public bool IsReached { get; private set; }

    public void Add(MeterProviderBuilder builder)
    {
        IsReached = true;
        if (!options.IsOn || !options.Metrics)
        {
            return;
        }

        builder.SetResourceBuilder(ServiceResource.Of(options, build)).AddMeter([.. MetricPush.Meters(metrics)]);
        if (!hosts.HasMetrics)
        {
            IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
            var selection = new MeterSelection(metrics.BridgedMeters, factory);
            builder.AddView(instrument => MetricPush.View(instrument, selection, factory));
        }

        // A host's own SDK reads the variables itself.
        if (!hosts.HasMetrics || (options.OtlpMetricsEndpoint is null ? options.OtlpVariable : options.OtlpMetricsVariable) is null)
        {
            string address = Receivers.Shown(OtlpAddress.OfMetrics(options)!.Endpoint);
            Log.MetricsAreSent(logger, address);
            builder.AddReader(MetricPush.Reader(receivers.Metrics(options)));
        }
    }
}
