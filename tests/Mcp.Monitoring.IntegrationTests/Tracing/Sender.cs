using System.Diagnostics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>Spans of a test on their way through the real exporters; only the waits between tries are shorter.</summary>
internal sealed class Sender : IDisposable
{
    private const int Patience = 20_000;
    private static readonly DeliveryLimits Short = new() { Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)) };

    private readonly ServiceProvider _services = new ServiceCollection().AddMcpMonitoring().BuildServiceProvider();
    private readonly ActivitySource _source = new("shop", "1.0");
    private readonly TracerProvider _provider;
    private readonly MetricsRegistry _registry;

    public Sender(OtelOptions options, ILogger<Receivers>? logger = null)
    {
        _registry = _services.GetRequiredService<MetricsRegistry>();
        Receiver receiver = new Receivers(TimeProvider.System, logger ?? NullLogger<Receivers>.Instance) { Limits = Short }.Of(options, besideHosts: false).Single();
        var queue = new SpanQueue(
            receiver,
            new SpanQueueSettings(2_048, TimeSpan.FromMilliseconds(10)) { CloseLimit = TimeSpan.FromMilliseconds(500) },
            new DroppedSpans(_registry, receiver.Name, TimeProvider.System, NullLogger.Instance),
            _services.GetRequiredService<InternalErrors>());
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("weather"))
            .AddProcessor(queue)
            .AddProcessor(new ExporterOwner(receiver.Exporter))
            .Build();
    }

    public long Errors => _registry.MonitoringErrors.With("tracing").Value;

    public long Dropped(string reason) => _registry.Dropped.With("otel_traces", reason).Value;

    /// <summary>Gets everything that was dropped for any reason.</summary>
    public long Lost => Enum.GetValues<DropReason>().Sum(reason => Dropped(DroppedSpans.Label(reason)));

    public Activity Emit(string name)
    {
        Activity.Current = null;
        using Activity span = _source.StartActivity(name, ActivityKind.Server)!;
        span.SetTag("city", "Oslo");
        return span;
    }

    public bool Flush(int patience = Patience) => _provider.ForceFlush(patience);

    public void Dispose()
    {
        _provider.Dispose();
        _source.Dispose();
        _services.Dispose();
    }
}
