using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>The same when no two calls in a row are of one tool: what counts then is how many cache lines an operation touches.</summary>
internal sealed class ColdOperationQuestion : Question
{
    private const int Tools = 4096;
    private const string OpenTelemetry = "OpenTelemetry SDK";

    public override string Name => "operation-cold";

    public override string Text => $"What does one monitored operation cost when {Tools} tools take turns in random order?";

    public override void Ask(BenchmarkRun run)
    {
        using var tools = new MonitoredTools(seriesCap: Tools);
        using var others = new OpenTelemetryTools(Tools, tools.Registry.Buckets.Bounds);
        var context = new OperationContext(activity: null, meta: null);
        string[] names = [.. Enumerable.Range(0, Tools).Select(i => $"tool_{i}")];
        OperationCells[] handles = [.. names.Select(tools.Tool)];
        var order = Enumerable.Range(0, Tools).ToArray();
        new Random(Tools).Shuffle(order);

        run.Measure(new Comparison($"{Tools} tools in random order", rounds: 200)
            .Add("two timestamps", new ColdTimestamps(order))
            .Add(OpenTelemetry, new ColdOpenTelemetryOp(others, names, order))
            .Add("monitored", new ColdMonitoredOp(handles, context, order), Limit.Bytes(0), Limit.Ratio(0.20, to: OpenTelemetry)));
    }
}
