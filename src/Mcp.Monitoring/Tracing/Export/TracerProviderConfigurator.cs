using Mcp.Monitoring.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Our part in the one TracerProvider of a host, while it is made and before the host's own: where an address is set or the host has tracing. What the host or a
/// variable <c>OTEL_*</c> chooses stays.
/// </summary>
internal sealed class TracerProviderConfigurator(OtelOptions options, BuildInfo build, HostsTelemetry hosts, bool isSamplerChosen, SpanQueues queues)
{
    /// <summary>Gets whether the provider took what we add.</summary>
    public bool IsReached { get; private set; }

    public void Add(TracerProviderBuilder builder)
    {
        IsReached = true;
        bool isHosts = hosts.HasTracing;
        if (options.IsOff || !(isHosts || options.SendsSpans))
        {
            return;
        }

        builder.SetResourceBuilder(ServiceResource.Of(options, build))
            .AddSource([SpanSources.Own, .. options.Instrumentation && !isHosts ? SpanSources.Automatic : [], .. options.Sources]);
        if (!isSamplerChosen)
        {
            builder.SetSampler(new KeepingSampler(options.TracesSampleRate, options.KeptFailuresPerMinute > 0, decidesOperations: isHosts));
        }

        if (isHosts)
        {
            // Its own exporters come behind.
            builder.AddProcessor(new ExceptionProcessor(hasReaderOfTags: options.ZipkinEndpoint is not null));
        }

        if (options.SendsSpans)
        {
            queues.Open(builder, options, besideHosts: isHosts);
        }
    }
}
