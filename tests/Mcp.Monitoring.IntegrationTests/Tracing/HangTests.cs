using System.Diagnostics;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>One receiver that takes a connection and never answers, beside one that is well.</summary>
public sealed class HangTests
{
    private const int Spans = 10_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("OTLP/HTTP")]
    [InlineData("OTLP/gRPC")]
    [InlineData("Jaeger")]
    [InlineData("Zipkin")]
    public async Task Receiver_that_hangs_takes_nothing_from_the_other_and_the_end_waits_five_seconds_for_it(string hanging)
    {
        await using CountingReceiver hung = await CountingReceiver.StartAsync(hanging, hangs: true);
        string other = hanging == "Zipkin" ? "OTLP/HTTP" : "Zipkin";
        await using CountingReceiver well = await CountingReceiver.StartAsync(other);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMcpMonitoring(options =>
        {
            SetAddress(options.Otel, hanging, hung.Address);
            SetAddress(options.Otel, other, well.Address);
            options.Otel.Instrumentation = false;
            options.Otel.QueueSize = 2 * Spans;
            options.Otel.SendIntervalMs = 100;
            options.Otel.OtlpTimeoutMs = 60_000;
        });
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        MetricsRegistry registry = host.Services.GetRequiredService<MetricsRegistry>();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        for (int i = 0; i < Spans; i++)
        {
            using OperationScope work = monitor.Begin(OperationType.Function, "work");
            work.End(OperationOutcome.Success);
        }

        Assert.Equal(Spans, await Eventually.GetAsync(() => Task.FromResult(well.Spans), spans => spans >= Spans, Limit));
        long start = Stopwatch.GetTimestamp();
        await host.StopAsync(TestContext.Current.CancellationToken);
        host.Dispose();
        TimeSpan took = Stopwatch.GetElapsedTime(start);

        Assert.InRange(took, TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(5.5));
        Assert.Equal((0, Spans), (hung.Spans, Enum.GetValues<DropReason>().Sum(reason => registry.Dropped.With("otel_traces", DroppedSpans.Label(reason)).Value)));
    }

    private static void SetAddress(OtelOptions options, string way, string address)
    {
        switch (way)
        {
            case "Zipkin":
                options.ZipkinEndpoint = address;
                break;
            case "Jaeger":
                options.JaegerEndpoint = address;
                break;
            default:
                options.OtlpEndpoint = address;
                options.OtlpProtocol = way == "OTLP/gRPC" ? "grpc" : "http/protobuf";
                break;
        }
    }
}
