using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>What the shape of a filter costs when the tool throws.</summary>
internal sealed class McpFailingCallQuestion : Question
{
    public override string Name => "mcp-failing-call";

    public override string Text => "What does a call filter add when the tool throws?";

    public override bool IsExploration => true;

    public override void Ask(BenchmarkRun run)
    {
        foreach (var suspends in new[] { false, true })
        {
            var settings = new ToolServerSettings { Protocol = CallProtocol.June2025, Fails = true, Suspends = suspends };
            run.Measure(new CallComparison(suspends ? "throws after a suspension" : "throws at once", settings, rounds: 1000)
                .Add("empty call filter", f => f.Request.CallToolFilters.Add(CallFilters.Empty))
                .Add("awaits and rethrows", f => f.Request.CallToolFilters.Add(CallFilters.Awaits))
                .Add("awaits pooled if pending", f => f.Request.CallToolFilters.Add(CallFilters.AwaitsPooled))
                .Add("hands the task through, looks if completed", f => f.Request.CallToolFilters.Add(CallFilters.HandsThrough))
                .Add("hands the task through, ContinueWith", f => f.Request.CallToolFilters.Add(CallFilters.Continues))
                .Add("hands the task through, OnCompleted", f => f.Request.CallToolFilters.Add(CallFilters.Watches))
                .Comparison);
        }
    }
}
