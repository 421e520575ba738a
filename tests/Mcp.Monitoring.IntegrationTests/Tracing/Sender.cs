using System.Diagnostics;
using Mcp.Monitoring.Metrics;
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
    private static readonly SpanQueueOptions Short = new()
    {
        Interval = TimeSpan.FromMilliseconds(10),
        FirstBackoff = TimeSpan.FromMilliseconds(20),
        LongestBackoff = TimeSpan.FromMilliseconds(100),
        CloseLimit = TimeSpan.FromMilliseconds(500),
    };

    private readonly ServiceProvider _services = new ServiceCollection().AddMcpMonitoring().BuildServiceProvider();
    private readonly ActivitySource _source = new("shop", "1.0");
    private readonly TracerProvider _provider;
    private readonly MetricsRegistry _registry;

    public Sender(OtelOptions options, ILogger? logger = null)
    {
        _registry = _services.GetRequiredService<MetricsRegistry>();
        Receiver receiver = Receivers.Of(options, besideHosts: false, TimeProvider.System, logger ?? NullLogger.Instance).Single();
        var queue = new SpanQueue(
            receiver,
            Short,
            new DroppedSpans(_registry, receiver.Name, TimeProvider.System, NullLogger.Instance),
            _services.GetRequiredService<InternalErrors>(),
            TimeProvider.System);
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("weather"))
            .AddProcessor(queue)
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

    public bool Flush() => _provider.ForceFlush(Patience);

    public void Dispose()
    {
        _provider.Dispose();
        _source.Dispose();
        _services.Dispose();
    }
}
