using Mcp.Monitoring.Benchmarks.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>Calls while the receivers of errors and spans hang, refuse or lie, against the same monitored calls with nothing to send.</summary>
internal sealed class ReceiversDownQuestion : Question
{
    private const double Most = 1.05;

    public override string Name => "receivers-down";

    public override string Text => "What does a receiver that is down add to a whole tool call in memory?";

    public override void Ask(BenchmarkRun run)
    {
        using var hangs = new BadReceiver(answer: null);
        using var resets = new BadReceiver("");
        using var limits = new BadReceiver("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
        using var tooLarge = new BadReceiver("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
        using var fails = new BadReceiver("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
        using var lies = new BadReceiver("\u0001\u0002 garbage\r\n\r\n");
        foreach (bool toolFails in new[] { true, false })
        {
            var settings = new ToolServerSettings { Protocol = CallProtocol.June2025, Fails = toolFails };
            run.Measure(new CallComparison(toolFails ? "a tool that throws" : "a tool that answers", settings, rounds: 1000, Monitor(_ => { }))
                .AddServer("Sentry hangs", Monitor(options => options.Sentry.Dsn = Dsn(hangs.Port)), Limit.Ratio(Most))
                .AddServer("Sentry resets", Monitor(options => options.Sentry.Dsn = Dsn(resets.Port)), Limit.Ratio(Most))
                .AddServer("Sentry answers 429", Monitor(options => options.Sentry.Dsn = Dsn(limits.Port)), Limit.Ratio(Most))
                .AddServer("Sentry answers 413", Monitor(options => options.Sentry.Dsn = Dsn(tooLarge.Port)), Limit.Ratio(Most))
                .AddServer("Sentry answers 500", Monitor(options => options.Sentry.Dsn = Dsn(fails.Port)), Limit.Ratio(Most))
                .AddServer("Sentry answers garbage", Monitor(options => options.Sentry.Dsn = Dsn(lies.Port)), Limit.Ratio(Most))
                .AddServer("nothing listens at the DSN", Monitor(options => options.Sentry.Dsn = Dsn(port: 9)), Limit.Ratio(Most))
                .Comparison);
        }

        // Every provider of the process sees every span; each queue takes those of its own host.
        using var takes = new BadReceiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var traced = new ToolServerSettings { Protocol = CallProtocol.June2025 };
        run.Measure(new CallComparison("a tool that answers, all calls traced", traced, rounds: 1000, Monitor(options => TraceTo(options, takes.Port)))
            .AddServer("OTLP hangs", Monitor(options => TraceTo(options, hangs.Port)), Limit.Ratio(Most))
            .AddServer("OTLP resets", Monitor(options => TraceTo(options, resets.Port)), Limit.Ratio(Most))
            .AddServer("OTLP answers 429", Monitor(options => TraceTo(options, limits.Port)), Limit.Ratio(Most))
            .AddServer("OTLP answers garbage", Monitor(options => TraceTo(options, lies.Port)), Limit.Ratio(Most))
            .AddServer("nothing listens for OTLP", Monitor(options => TraceTo(options, port: 9)), Limit.Ratio(Most))
            .Comparison);
    }

    private static void TraceTo(McpMonitoringOptions options, int port)
    {
        options.Otel.OtlpEndpoint = $"http://127.0.0.1:{port}";
        options.Otel.OtlpProtocol = "http/protobuf";
    }

    private static string Dsn(int port) => $"http://0123456789abcdef0123456789abcdef@127.0.0.1:{port}/1";

    private static Action<McpServerOptions> Monitor(Action<McpMonitoringOptions> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring(configure);
        IHost host = builder.Build();
        host.Start();
        return options => options.AddMcpMonitoring(host.Services);
    }
}
