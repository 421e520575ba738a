using System.Text.Json;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.IntegrationTests.Artifacts.Live;

/// <summary>
/// Both samples with their demos, a Prometheus that scrapes them and evaluates the rules generated for them, and a VictoriaMetrics to which it writes everything: started
/// once for all tests, which begin when three minutes are stored.
/// </summary>
public sealed class LiveStores : IAsyncDisposable
{
    /// <summary>The jobs by which the samples are scraped.</summary>
    internal const string Weather = "weather", Orders = "orders";

    // One round of faults in the three minutes; a probe and a few calls of clients fall into each step.
    private static readonly string[] OrdersDemo = ["--demo", "--demo-step", "5s"];
    private static readonly TimeSpan Scrape = TimeSpan.FromSeconds(2), StartsWithin = TimeSpan.FromMinutes(1), FillsWithin = TimeSpan.FromMinutes(7);
    private const int ScrapesOfThreeMinutes = 90;

    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-stores-");
    private readonly List<ChildProcess> _processes = [];
    private Task? _started;

    internal Store Prometheus { get; private set; } = null!;

    internal Store VictoriaMetrics { get; private set; } = null!;

    /// <summary>Gets what the files were generated from: the running configuration of the sample in front of 1C, with the rules that are off.</summary>
    internal ArtifactInputs Inputs { get; private set; } = null!;

    internal IReadOnlyList<Artifact> Files { get; private set; } = [];

    internal Task StartAsync()
    {
        string prometheus = Programs.PrometheusOrSkip(), victoriaMetrics = Programs.VictoriaMetricsOrSkip();
        lock (_gate)
        {
            return _started ??= AllAsync(prometheus, victoriaMetrics);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Prometheus?.Dispose();
        VictoriaMetrics?.Dispose();

        // Who writes first, who is written to last.
        foreach (ChildProcess process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task AllAsync(string prometheus, string victoriaMetrics)
    {
        Inputs = await OrdersInputsAsync();
        Files = ArtifactCatalogue.All(Inputs);
        ArtifactFolder.Write(_folder.FullName, Files);

        Uri weather = await StartSampleAsync(Programs.Sample, "--demo");
        Uri orders = await StartSampleAsync(Programs.OneCSample, OrdersDemo);
        VictoriaMetrics = StartVictoriaMetrics(victoriaMetrics, out Uri write);
        Prometheus = await StartPrometheusAsync(prometheus, weather, orders, write);

        double? scrapes = await FirstAsync(Prometheus, "min(count_over_time(up[10m])) and on () count(up) == 2", found => found >= ScrapesOfThreeMinutes, FillsWithin);
        Assert.True(scrapes >= ScrapesOfThreeMinutes, $"Prometheus has scraped {scrapes} times. {Said()}");
        double at = (await FirstAsync(Prometheus, "vector(time())", _ => true, StartsWithin))!.Value;
        double? written = await FirstAsync(VictoriaMetrics, "min(timestamp(up))", found => found >= at, StartsWithin);
        Assert.True(written >= at, $"VictoriaMetrics has got nothing later than {written}. {Said()}");
        Prometheus.At = VictoriaMetrics.At = at;
    }

    private async Task<Uri> StartSampleAsync(string program, params string[] arguments)
    {
        const string Metrics = "Metrics";
        ChildProcess sample = Add(ChildProcess.Start(Programs.Dotnet, [program, .. arguments, "--urls", "http://127.0.0.1:0"]));
        while (await sample.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Metrics, StringComparison.Ordinal))
            {
                return new Uri(line[Metrics.Length..].Trim());
            }
        }

        throw new InvalidOperationException(sample.Said);
    }

    private Store StartVictoriaMetrics(string program, out Uri write)
    {
        string address = $"127.0.0.1:{FreePort.Find()}";
        Add(ChildProcess.Start(
            program,
            $"-storageDataPath={Path.Combine(_folder.FullName, "victoria-metrics")}",
            $"-httpListenAddr={address}",
            // What has just come is found: usually it is kept back for half a minute.
            "-search.latencyOffset=1ms",
            "-memory.allowedBytes=256MB",
            "-loggerLevel=WARN"));
        write = new Uri($"http://{address}/api/v1/write");
        return new Store("VictoriaMetrics", new Uri($"http://{address}/api/v1/"));
    }

    private async Task<Store> StartPrometheusAsync(string program, Uri weather, Uri orders, Uri write)
    {
        string address = $"127.0.0.1:{FreePort.Find()}", configuration = Path.Combine(_folder.FullName, "prometheus.yml");
        string interval = $"{Scrape.TotalSeconds}s";
        await File.WriteAllTextAsync(
            configuration,
            $"""
            global:
              scrape_interval: {interval}
              scrape_timeout: {interval}
              evaluation_interval: {interval}
            rule_files: [alerts/critical_alerts.yaml, alerts/medium_and_low_alerts.yaml, alerts/slo_alerts.yaml, alerts/recording_rules.yaml]
            remote_write:
            - url: {write}
            scrape_configs:
            - job_name: {Weather}
              static_configs:
              - targets: ['{weather.Authority}']
            - job_name: {Orders}
              static_configs:
              - targets: ['{orders.Authority}']
            """,
            TestContext.Current.CancellationToken);
        Add(ChildProcess.Start(
            program,
            $"--config.file={configuration}",
            $"--storage.tsdb.path={Path.Combine(_folder.FullName, "prometheus")}",
            $"--web.listen-address={address}",
            "--enable-feature=exemplar-storage",
            "--log.level=warn"));
        return new Store("Prometheus", new Uri($"http://{address}/api/v1/"));
    }

    // Of the sample as the demo configures it; it is not started here.
    private static async Task<ArtifactInputs> OrdersInputsAsync()
    {
        await using WebApplication app = OneCServer.Program.Build(
            [.. OrdersDemo, "--urls", "http://127.0.0.1:0"],
            builder => builder.Services.AddMcpMonitoring(options => options.Artifacts.ScrapeInterval = Scrape));
        ArtifactInputs inputs = app.Services.GetRequiredService<ArtifactSource>().Inputs;
        return inputs with { Rules = [.. inputs.Rules.Select(rule => rule with { IsEnabled = true })] };
    }

    private static Task<double?> FirstAsync(Store store, string expr, Func<double, bool> isGood, TimeSpan limit) => Eventually.GetAsync(
        async () =>
        {
            try
            {
                return (await store.QueryAsync(expr)).Series is [var first, ..] ? first.Values[0] : (double?)null;
            }
            catch (Exception starting) when (starting is HttpRequestException or JsonException)
            {
                return null;
            }
        },
        found => found is { } value && isGood(value),
        limit);

    private ChildProcess Add(ChildProcess process)
    {
        _processes.Add(process);
        return process;
    }

    private string Said() => string.Join('\n', _processes.Select(process => process.Said));
}
