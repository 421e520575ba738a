using System.Diagnostics;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>Metrics, correlation and spans together, at the shares of calls that are traced in practice. Nothing is exported: that is another thread's work.</summary>
internal sealed class TracedCallQuestion : Question
{
    public override string Name => "traced-call";

    public override string Text => "What do metrics, correlation and spans add to a whole tool call in memory?";

    public override void Ask(BenchmarkRun run)
    {
        run.Measure(new CallComparison("a tool that answers at once, 2025-06-18", new ToolServerSettings { Protocol = CallProtocol.June2025 })
            .AddServer("monitored", Monitor(share: null))
            .AddServer("10 % of the calls traced", Monitor(0.1), Limit.Ratio(1.10))
            .AddServer("all calls traced", Monitor(1), Limit.Ratio(1.20))
            .Comparison);
    }

    private static Action<McpServerOptions> Monitor(double? share)
    {
        var services = new ServiceCollection();
        if (share is { } ratio)
        {
            services.AddSingleton(new SpanSettings { Head = new HeadSampling(ratio), SkipsUnsampled = true, KeptPerMinute = 100 });
        }

        ServiceProvider provider = services.AddMcpMonitoring().BuildServiceProvider();
        if (share is not null)
        {
            ActivitySource own = provider.GetRequiredService<OperationSpans>().Source;
            ActivitySource.AddActivityListener(new ActivityListener
            {
                ShouldListenTo = source => ReferenceEquals(source, own),
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            });
        }

        return options => options.AddMcpMonitoring(provider);
    }
}
