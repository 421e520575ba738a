using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics.Registry;
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
        foreach (var name in names)
        {
            tools.Tool(name);
        }

        // Created in one order, called in another: memory that is next to the last call's helps no more than it would in a server.
        new Random(Tools).Shuffle(names);
        OperationCells[] handles = [.. names.Select(tools.Tool)];
        KeyValuePair<string, object?>[] tags = [.. names.Select(name => new KeyValuePair<string, object?>("operation", name))];

        run.Measure(new Comparison($"{Tools} tools in random order", rounds: 200)
            .Add("two timestamps", new ColdTimestamps(handles))
            .Add("OpenTelemetry SDK, in progress by type only", new ColdOpenTelemetryByTypeOp(others, tags))
            .Add(OpenTelemetry, new ColdOpenTelemetryOp(others, tags))
            .Add("monitored", new ColdMonitoredOp(handles, context), Limit.Bytes(0), Limit.Ratio(0.20, to: OpenTelemetry)));
    }
}
