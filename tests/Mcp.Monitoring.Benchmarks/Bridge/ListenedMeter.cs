using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Mcp.Monitoring.Benchmarks.Bridge;

/// <summary>A meter with one histogram and one counter, to which one listens.</summary>
internal abstract class ListenedMeter : IDisposable
{
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] };
    private readonly Meter _meter;

    protected ListenedMeter(string name)
    {
        _meter = new Meter(name);
        Histogram = _meter.CreateHistogram("duration", "s", description: null, tags: null, Buckets);
        Counter = _meter.CreateCounter<long>("requests");
    }

    public Histogram<double> Histogram { get; }

    public Counter<long> Counter { get; }

    public virtual void Dispose() => _meter.Dispose();
}

/// <summary>The bridge listens.</summary>
internal sealed class BridgedMeter : ListenedMeter
{
    private const string Name = "Benchmark.Bridged";
    private readonly ServiceProvider _services;

    public BridgedMeter()
        : base(Name)
    {
        _services = new ServiceCollection()
            .AddMcpMonitoring(options =>
            {
                options.Prometheus.DefaultMeters = false;
                options.Prometheus.Meters = [Name];
            })
            .BuildServiceProvider();
        _services.GetRequiredService<MeterBridge>().Start();
    }

    public override void Dispose()
    {
        _services.Dispose();
        base.Dispose();
    }
}

/// <summary>OpenTelemetry's SDK listens, and an exporter throws away what it collects.</summary>
internal sealed class OpenTelemetryMeter : ListenedMeter
{
    private const string Name = "Benchmark.OpenTelemetry";
    private readonly MeterProvider _provider;

    public OpenTelemetryMeter()
        : base(Name)
    {
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(Name).AddReader(new BaseExportingMetricReader(new NoExporter())).Build();
    }

    public override void Dispose()
    {
        // A provider that still listens would slow down the questions after this one.
        _provider.Dispose();
        base.Dispose();
    }

    private sealed class NoExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
