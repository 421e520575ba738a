using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>What native buckets add to an observation, beside the usual ones.</summary>
internal sealed class NativeHistogramQuestion : Question
{
    private const int Durations = 1024;
    private const double Shortest = 0.001, DoublingsAbove = 10;
    private const string Off = "native histograms off";
    private const string On = "native histograms on";

    public override string Name => "native-histograms";

    public override string Text => "What do native histograms add to an observation and to an operation?";

    public override void Ask(BenchmarkRun run)
    {
        using var usual = new MonitoredTools();
        using var native = new MonitoredTools(nativeHistograms: true);
        var context = new OperationContext(activity: null, meta: null);
        long[] durations = DurationsOf(usual.Registry.Clock);

        run.Measure(new Comparison("an observation, durations from 1 ms to 1 s", rounds: 200)
            .Add(Off, new ObservationOp(usual.Registry.OperationWait.With("echo"), durations), Limit.Bytes(0))
            .Add("off again", new ObservationOp(usual.Registry.OperationWait.With("echo"), durations))
            .Control()
            .Add(On, new ObservationOp(native.Registry.OperationWait.With("echo"), durations), Limit.Bytes(0), Limit.Ratio(2)));

        run.Measure(new Comparison("a success of one tool", rounds: 200)
            .Add("two timestamps", new TwoTimestamps())
            .Add(Off, new MonitoredOp(usual.Tool("echo"), context), Limit.Bytes(0))
            .Add(On, new MonitoredOp(native.Tool("echo"), context), Limit.Bytes(0), Limit.Ratio(1.25, to: Off))
            .AddTwoThreads(
                "native histograms on, two threads on one tool",
                new MonitoredOp(native.Tool("shared"), context),
                new MonitoredOp(native.Tool("shared"), context),
                Limit.Bytes(0)));
    }

    // As many from each doubling as from the next.
    private static long[] DurationsOf(MonitoringClock clock)
    {
        var random = new Random(Durations);
        return [.. Enumerable.Range(0, Durations).Select(_ => clock.ToTicks(TimeSpan.FromSeconds(Shortest * Math.Pow(2, DoublingsAbove * random.NextDouble()))))];
    }
}
