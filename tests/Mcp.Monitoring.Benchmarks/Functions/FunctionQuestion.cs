using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Benchmarks.Functions;

/// <summary>Functions that do nothing, within a tool: what is measured adds most to them.</summary>
internal sealed class FunctionQuestion : Question
{
    public override string Name => "functions";

    public override string Text => "What does a monitored function cost, intercepted, by hand and through a proxy?";

    public override void Ask(BenchmarkRun run)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddMcpMonitoring(static options => options.Prometheus.DefaultMeters = false)
            .AddMonitored<IWork, Work>(ServiceLifetime.Singleton)
            .BuildServiceProvider();
        var monitor = services.GetRequiredService<OperationMonitor>();
        using OperationScope tool = monitor.Begin(OperationType.Tools, "tool");

        run.Measure(new Comparison("a function within a tool", rounds: 200)
            .Add("two timestamps", default(TwoTimestamps))
            .Add("intercepted", new InterceptedOp(new Work()), Limit.Ratio(1.30), Limit.Bytes(0))
            .Add("IMcpMonitor.RunAsync that completes at once", new RunAsyncOp(monitor), Limit.Bytes(0))
            .Add("AddMonitored", new ServiceOp(services.GetRequiredService<IWork>()))
            .Add("the same service, not monitored", new ServiceOp(new Work())));
        tool.End(OperationOutcome.Success);
    }
}
