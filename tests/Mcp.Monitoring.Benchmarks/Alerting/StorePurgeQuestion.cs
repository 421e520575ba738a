using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>Saves of one change each, while a million rows that are too old are taken out of the file.</summary>
internal sealed class StorePurgeQuestion : Question
{
    private const int OldRows = 1_000_000, Batch = 20_000, OpenRows = 100;
    private const double MostMilliseconds = 50;
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public override string Name => "store-purge";

    public override string Text => "How long does a save take while a million old rows are purged?";

    public override void Ask(BenchmarkRun run)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring(options => options.Alerts.Enabled = false);
        using IHost host = builder.Build();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("purge-");
        string file = Path.Combine(folder.FullName, "alerts.db");
        try
        {
            using (StateStore filled = Open(host, file, TimeSpan.FromDays(1)))
            {
                Fill(filled);
            }

            var latencies = new LatencyCounts();
            double most = 0;
            using (StateStore store = Open(host, file, TimeSpan.Zero))
            {
                long begun = Stopwatch.GetTimestamp();
                for (int i = 0; Stopwatch.GetElapsedTime(begun) < Longest && (i % 500 != 0 || i == 0 || new FileInfo(file).Length > 20L << 20); i++)
                {
                    var change = new StateChanges();
                    change.Put(StoredFact.Table, new StoredFact("probe", i.ToString(CultureInfo.InvariantCulture)));
                    long start = Stopwatch.GetTimestamp();
                    store.Save(change);
                    double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
                    latencies.Add(nanoseconds);
                    most = Math.Max(most, nanoseconds);
                    Thread.Sleep(BetweenSaves);
                }
            }

            run.Report(string.Create(CultureInfo.InvariantCulture, $"{latencies.Count:#,0} saves, the longest {most / 1e6:0.0} ms; the file has {new FileInfo(file).Length >> 20} MiB afterwards"));
            run.Judge("p50 of a save, ms", latencies.Quantile(0.5) / 1e6, MostMilliseconds);
            run.Judge("p99 of a save, ms", latencies.Quantile(0.99) / 1e6, MostMilliseconds);
            run.Judge("old rows left", Count(file, "closed_at IS NOT NULL"), 0);
            run.Judge("open rows left", Count(file, "closed_at IS NULL"), OpenRows, OpenRows);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static StateStore Open(IHost host, string file, TimeSpan firstPurge)
    {
        var store = new StateStore(
            file,
            StateTables.All(new AlertClock(TimeProvider.System)),
            new StateSettings { FirstPurge = firstPurge, SaveLimit = TimeSpan.FromMinutes(1) },
            host.Services.GetRequiredService<MetricsRegistry>(),
            host.Services.GetRequiredService<InternalErrors>(),
            NullLogger.Instance,
            TimeProvider.System);
        store.Start();
        return store;
    }

    private static void Fill(StateStore store)
    {
        DateTimeOffset old = DateTimeOffset.UtcNow.AddDays(-60);
        for (int first = 0; first < OldRows + OpenRows; first += Batch)
        {
            var changes = new StateChanges();
            for (int i = first; i < Math.Min(first + Batch, OldRows + OpenRows); i++)
            {
                changes.Put(StoredAlert.Table, new StoredAlert
                {
                    Episode = i.ToString("x32", CultureInfo.InvariantCulture),
                    Rule = "McpToolFailing",
                    Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "McpToolFailing", ["operation"] = $"tool_{i % 100}" },
                    Severity = AlertSeverity.High,
                    State = i < OldRows ? AlertState.Resolved : AlertState.Firing,
                    PendingSince = old,
                    ResolvedAt = i < OldRows ? old : null,
                    Summary = "14 of 14 calls failed in 10 min",
                });
            }

            store.Save(changes);
        }
    }

    private static long Count(string file, string condition)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM alert WHERE {condition}";
        return (long)command.ExecuteScalar()!;
    }
}
