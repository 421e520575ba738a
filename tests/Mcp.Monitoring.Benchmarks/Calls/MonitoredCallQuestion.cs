using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>The product as its users have it: options.AddMcpMonitoring(services) on a server, no exporter, nobody listening to the meter.</summary>
internal sealed class MonitoredCallQuestion : Question
{
    public override string Name => "monitored-call";

    public override string Text => "What does monitoring add to a whole tool call in memory?";

    public override void Ask(BenchmarkRun run)
    {
        run.Measure(new CallComparison("a tool that answers at once, 2025-06-18", new ToolServerSettings { Protocol = CallProtocol.June2025 })
            .AddServer("monitored", Monitor(), Limit.Ratio(1.06), Limit.ExtraBytes(750))
            .Comparison);
        run.Measure(new CallComparison("a tool that throws", new ToolServerSettings { Protocol = CallProtocol.June2025, Fails = true }, rounds: 1000)
            .AddServer("monitored", Monitor(), Limit.Ratio(1.25))
            .Comparison);
    }

    private static Action<McpServerOptions> Monitor()
    {
        ServiceProvider services = new ServiceCollection().AddMcpMonitoring().BuildServiceProvider();
        services.GetRequiredService<MeterBridge>().Start();
        return options => options.AddMcpMonitoring(services);
    }
}
