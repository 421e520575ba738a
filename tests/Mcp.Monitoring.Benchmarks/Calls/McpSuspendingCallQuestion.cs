using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>The same when tool and send suspend: each asynchronous layer of the SDK around a filter then allocates its state.</summary>
internal sealed class McpSuspendingCallQuestion : Question
{
    public override string Name => "mcp-suspending-call";

    public override string Text => "What do filters add to a tool call whose tool and send each suspend once?";

    public override bool IsExploration => true;

    public override void Ask(BenchmarkRun run)
    {
        var settings = new ToolServerSettings { Protocol = CallProtocol.June2025, Suspends = true };
        run.Measure(FilterVariants.Add(new CallComparison("where the filter stands", settings)).Comparison);
        run.Measure(new CallComparison("how the filter learns of the end", settings)
            .Add("empty call filter", f => f.Request.CallToolFilters.Add(CallFilters.Empty))
            .Add("awaits", f => f.Request.CallToolFilters.Add(CallFilters.Awaits))
            .Add("awaits pooled if pending", f => f.Request.CallToolFilters.Add(CallFilters.AwaitsPooled))
            .Add("hands the task through, ContinueWith", f => f.Request.CallToolFilters.Add(CallFilters.Continues))
            .Add("hands the task through, OnCompleted", f => f.Request.CallToolFilters.Add(CallFilters.Watches))
            .Comparison);
    }
}
