using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Bridge;

/// <summary>What a measurement of somebody else's meter costs the application, through the bridge and through OpenTelemetry's SDK.</summary>
internal sealed class BridgeQuestion : Question
{
    private const string OpenTelemetry = "OpenTelemetry SDK";
    private const string Bridged = "bridged";
    private const string Reordered = "bridged, the tags in another order";

    public override string Name => "bridge";

    public override string Text => "What does a measurement with three tags cost on a meter that is bridged?";

    public override void Ask(BenchmarkRun run)
    {
        using var bridged = new BridgedMeter();
        using var others = new OpenTelemetryMeter();

        run.Measure(new Comparison("a histogram, three tags", rounds: 200)
            .Add(OpenTelemetry, new HistogramOp(others.Histogram))
            .Add(Bridged, new HistogramOp(bridged.Histogram), Limit.Ratio(1.0), Limit.Bytes(0))
            .Add(Reordered, new HistogramOp(bridged.Histogram, isReordered: true), Limit.Ratio(1.0), Limit.Bytes(0))
            .AddTwoThreads("OpenTelemetry SDK, two threads on one series", new HistogramOp(others.Histogram), new HistogramOp(others.Histogram))
            .AddTwoThreads("bridged, two threads on one series", new HistogramOp(bridged.Histogram), new HistogramOp(bridged.Histogram), Limit.Bytes(0)));

        run.Measure(new Comparison("a counter, three tags", rounds: 200)
            .Add(OpenTelemetry, new CounterOp(others.Counter))
            .Add(Bridged, new CounterOp(bridged.Counter), Limit.Ratio(1.0), Limit.Bytes(0)));
    }
}
