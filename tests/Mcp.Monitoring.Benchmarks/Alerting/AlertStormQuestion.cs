using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Benchmarks.Calls;
using Mcp.Monitoring.Benchmarks.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>Tool calls in a quiet moment, in a storm of alerts and in a quiet moment again, in turn: 1,500 rounds are five minutes of storm.</summary>
internal sealed class AlertStormQuestion : Question
{
    private const int AllRounds = 1_500;
    private const double MostMedian = 1.03, MostTail = 1.25, MostMebibytes = 64, ControlTolerance = 0.02, TailTolerance = 0.1;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Storm = TimeSpan.FromMilliseconds(200);

    public override string Name => "alert-storm";

    public override string Text => "What do 100,000 alerts a minute add to a whole tool call in memory?";

    public override void Ask(BenchmarkRun run)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring(options => options.Alerts.Storage.Path = ":memory:");
        using IHost host = builder.Build();
        host.Start();
        ToolServer server = ToolServer.Start(new ToolServerSettings { Protocol = CallProtocol.June2025 }, options => options.AddMcpMonitoring(host.Services));
        using var storm = new AlertStorm(host.Services.GetRequiredService<IAlertManager>());

        // The alerts of the storm exist before it is measured; what it leaves behind in memory is what counts.
        Measure(server, TimeSpan.FromSeconds(2), new LatencyCounts());
        GC.Collect();
        long workingSet = Environment.WorkingSet;
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        long mostWorkingSet = workingSet;
        LatencyCounts before = new(), during = new(), after = new();
        for (int round = 0; round < (run.Rounds ?? AllRounds); round++)
        {
            Measure(server, Quiet, before);
            storm.Begin();
            Measure(server, Storm, during);
            storm.End();
            Measure(server, Quiet, after);
            mostWorkingSet = Math.Max(mostWorkingSet, Environment.WorkingSet);
        }

        long mostHeap = GC.GetTotalMemory(forceFullCollection: true);
        run.Report(string.Create(CultureInfo.InvariantCulture, $"{storm.Raised:#,0} alerts raised; {before.Count + after.Count:#,0} quiet calls, {during.Count:#,0} in the storm"));
        run.Judge("A/A control, median", after.Quantile(0.5) / before.Quantile(0.5), 1 + ControlTolerance, least: 1 - ControlTolerance);
        run.Judge("A/A control, p99", after.Quantile(0.99) / before.Quantile(0.99), 1 + TailTolerance, least: 1 - TailTolerance);
        before.Add(after);
        run.Judge("median in the storm, to quiet", during.Quantile(0.5) / before.Quantile(0.5), MostMedian);
        run.Judge("p99 in the storm, to quiet", during.Quantile(0.99) / before.Quantile(0.99), MostTail);
        run.Judge("more working set, MiB", Mebibytes(mostWorkingSet - workingSet), MostMebibytes);
        run.Judge("more live heap, MiB", Mebibytes(mostHeap - heap), MostMebibytes);
    }

    private static double Mebibytes(long bytes) => bytes / 1024.0 / 1024.0;

    // Each call alone, for its tail; on the one thread of the pool, as elsewhere here.
    private static void Measure(ToolServer server, TimeSpan time, LatencyCounts counts) => Task.Run(async () =>
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < time)
        {
            long start = Stopwatch.GetTimestamp();
            await server.CallAsync().ConfigureAwait(false);
            counts.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
    }).GetAwaiter().GetResult();
}
