using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Bridge;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Makes the providers of a host that has none, before traffic comes, and ends them after it.</summary>
internal sealed class TraceExport(
    OtelOptions options,
    MetricsOptions metrics,
    BuildInfo build,
    SpanQueues queues,
    HostsProviders hosts,
    IServiceProvider services,
    TimeProvider time,
    ILogger<TraceExport> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    private readonly bool _hostTraces = TraceExportRegistration.HasHostsTracer(services);
    private readonly bool _hostMeasures = TraceExportRegistration.HasHostsMeter(services);
    private TracerProvider? _tracer;
    private MeterProvider? _meter;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.IsOn)
        {
            return Task.CompletedTask;
        }

        try
        {
            _tracer = _hostTraces || !options.SendsSpans ? null : MakeTracer();
            _meter = _hostMeasures || !options.Metrics ? null : MakeMeter();
        }
        catch (Exception fault)
        {
            Log.ExportNotStarted(logger, fault);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_hostTraces && !options.IsOff && services.GetService<TracerProvider>() is not null && !hosts.HasTracer)
        {
            Log.ProviderNotReached(logger, nameof(TracerProvider));
        }

        if (_hostMeasures && options is { IsOn: true, Metrics: true } && services.GetService<MeterProvider>() is not null && !hosts.HasMeter)
        {
            Log.ProviderNotReached(logger, nameof(MeterProvider));
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        queues.BeginClose();

        // The host waits for as long as we may take, and not longer; a thread of its own, since closing waits.
        return Task.Factory.StartNew(Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(CloseLimit + CloseLimit, time, CancellationToken.None);
    }

    public void Dispose()
    {
        queues.BeginClose();
        if (Interlocked.Exchange(ref _meter, null) is { } meter)
        {
            meter.Shutdown((int)CloseLimit.TotalMilliseconds);
            meter.Dispose();
        }

        if (Interlocked.Exchange(ref _tracer, null) is { } tracer)
        {
            tracer.Shutdown((int)CloseLimit.TotalMilliseconds);
            tracer.Dispose();
        }
    }

    private TracerProvider MakeTracer()
    {
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ServiceResource.Of(options, build))
            .SetSampler(new KeepingSampler(options.TracesSampleRate, options.KeptFailuresPerMinute > 0))
            .AddSource([SpanSources.Own, .. options.Instrumentation ? SpanSources.Automatic : [], .. options.Sources]);
        foreach (SpanQueue queue in queues.Open(options, besideHosts: false))
        {
            builder.AddProcessor(queue);
        }

        return builder.Build();
    }

    private MeterProvider MakeMeter()
    {
        IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
        var selection = new MeterSelection(metrics.BridgedMeters, factory);
        string address = Receivers.Shown(OtlpAddress.OfMetrics(options)!.Endpoint);
        Log.MetricsAreSent(logger, address);
        return Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ServiceResource.Of(options, build))
            .AddMeter([.. MetricPush.Meters(metrics)])
            .AddView(instrument => MetricPush.View(instrument, selection, factory))
            .AddReader(MetricPush.Reader(options, time, logger))
            .Build();
    }
}
