using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>The cost of recording one operation when its handle is bound: no look-up, no protocol, nothing to do in between.</summary>
internal sealed class OperationQuestion : Question
{
    private const string Floor = "two timestamps";
    private const string OpenTelemetry = "OpenTelemetry SDK";
    private const string Monitored = "monitored";
    private const string WithoutExemplars = "monitored, exemplars off";

    public override string Name => "operation";

    public override string Text => "What does one monitored operation cost, bound to its handle?";

    public override void Ask(BenchmarkRun run)
    {
        using var tools = new MonitoredTools();
        using var plain = new MonitoredTools(exemplars: false);
        using var others = new OpenTelemetryTools(tools: 1, tools.Registry.Buckets.Bounds);
        var context = new OperationContext(activity: null, meta: null);
        OperationCells tool = tools.Tool("echo");
        OperationCells shared = tools.Tool("shared");

        run.Measure(new Comparison("a success of one tool", rounds: 200)
            .Add(Floor, new TwoTimestamps())
            .Add(OpenTelemetry, new OpenTelemetryOp(others, "echo"))
            .Add(WithoutExemplars, new MonitoredOp(plain.Tool("echo"), context), Limit.Bytes(0))
            .Add(
                Monitored,
                new MonitoredOp(tool, context),
                Limit.Ratio(1.30),
                Limit.Bytes(0),
                Limit.Ratio(0.25, to: OpenTelemetry),
                Limit.RatioAboveBaseline(0.12, to: OpenTelemetry),
                Limit.ExtraNanoseconds(2, to: WithoutExemplars))
            .AddTwoThreads(
                "monitored, two threads on one tool",
                new MonitoredOp(shared, context),
                new MonitoredOp(shared, context),
                Limit.Bytes(0),
                Limit.Ratio(1.15, to: Monitored))
            .AddTwoThreads("OpenTelemetry SDK, two threads on one tool", new OpenTelemetryOp(others, "shared"), new OpenTelemetryOp(others, "shared")));
    }
}
