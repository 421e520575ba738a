using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>The instruments that a server would write down by hand for the same numbers, read by an exporter that throws them away.</summary>
internal sealed class OpenTelemetryTools : IDisposable
{
    private const string MeterName = "Benchmark.Tools";
    private readonly Meter _meter = new(MeterName);
    private readonly MeterProvider _provider;

    /// <param name="tools">How many tools there will be: past its default the SDK would put the rest into one series.</param>
    /// <param name="bounds">The bounds of the histogram, in seconds.</param>
    public OpenTelemetryTools(int tools, IReadOnlyList<double> bounds)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(MeterName)
            .AddView(instrument => instrument is Histogram<double>
                ? new ExplicitBucketHistogramConfiguration { Boundaries = [.. bounds], CardinalityLimit = 2 * tools }
                : new MetricStreamConfiguration { CardinalityLimit = 2 * tools })
            .AddReader(new BaseExportingMetricReader(new NoExporter()))
            .Build();
        InProgress = _meter.CreateUpDownCounter<long>("tools.in_progress");
        Duration = _meter.CreateHistogram<double>("tools.duration", "s");
        Ended = _meter.CreateCounter<long>("tools.ended");
    }

    public UpDownCounter<long> InProgress { get; }

    public Histogram<double> Duration { get; }

    public Counter<long> Ended { get; }

    public void Dispose()
    {
        // A provider that still listens would slow down the questions after this one.
        _provider.Dispose();
        _meter.Dispose();
    }

    private sealed class NoExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
