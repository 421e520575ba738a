using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A server whose thread pool has no thread left when the first spans are to be sent.</summary>
internal static class StarvedServer
{
    public static void Run(string way, string address)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Otel.ZipkinEndpoint = way == "Zipkin" ? address : null;
            options.Otel.JaegerEndpoint = way == "Jaeger" ? address : null;
            options.Otel.OtlpEndpoint = way.StartsWith("OTLP", StringComparison.Ordinal) ? address : null;
            options.Otel.OtlpProtocol = way == "OTLP/gRPC" ? "grpc" : "http/protobuf";
            options.Otel.Instrumentation = false;
            options.Otel.SendIntervalMs = 100;
        });
        using IHost host = builder.Build();
        host.Start();
        using var released = new ManualResetEvent(initialState: false);
        for (int i = 0; i < 5_000; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static released => ((ManualResetEvent)released!).WaitOne(), released);
        }

        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        for (int i = 0; i < 100; i++)
        {
            using OperationScope work = monitor.Begin(OperationType.Function, "work");
            work.End(OperationOutcome.Success);
        }

        Console.WriteLine("starved");
        Console.ReadLine();
        Console.WriteLine(ThreadPool.PendingWorkItemCount);
        Environment.Exit(0);
    }
}
