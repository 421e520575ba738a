using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>What each kind of filter adds to a call of an empty tool, when the call never suspends.</summary>
internal sealed class McpCallQuestion : Question
{
    public override string Name => "mcp-call";

    public override string Text => "What do filters add to a whole tool call that never suspends?";

    public override bool IsExploration => true;

    public override void Ask(BenchmarkRun run)
    {
        foreach (var protocol in new[] { CallProtocol.June2025, CallProtocol.July2026 })
        {
            run.Measure(FilterVariants.Add(new CallComparison(protocol.Name, new ToolServerSettings { Protocol = protocol })).Comparison);
        }
    }
}
