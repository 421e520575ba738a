using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>A real Prometheus over samples of a file, each at an instant of its own; it scrapes nothing.</summary>
internal sealed class ImportedPrometheus : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _process;
    private readonly Uri _api;

    private ImportedPrometheus(DirectoryInfo folder, string program)
    {
        int port = FreePort.Find();
        string configuration = Path.Combine(folder.FullName, "prometheus.yml");
        File.WriteAllText(configuration, "global: {}\n");
        _folder = folder;
        _api = new Uri($"http://127.0.0.1:{port}/api/v1/");
        _process = ChildProcess.Start(
            program,
            $"--config.file={configuration}",
            $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
            "--storage.tsdb.retention.time=50y",
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=warn");
    }

    /// <summary>Imports samples that are written as OpenMetrics, and starts.</summary>
    public static async Task<ImportedPrometheus> StartAsync(string samples)
    {
        string program = Programs.PrometheusOrSkip();
        string promtool = Programs.PromtoolOrSkip();
        var folder = Directory.CreateTempSubdirectory("parity");
        string file = Path.Combine(folder.FullName, "samples.txt");
        await File.WriteAllTextAsync(file, samples, TestContext.Current.CancellationToken);
        await Command.RunAsync(folder.FullName, promtool, "tsdb", "create-blocks-from", "openmetrics", file, Path.Combine(folder.FullName, "data"));
        return new ImportedPrometheus(folder, program);
    }

    /// <summary>Evaluates a query at an instant: the value of each series by one of its labels.</summary>
    public async Task<Dictionary<string, double>> QueryAsync(string query, TimeSpan sinceEpoch, string label)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"query?query={Uri.EscapeDataString(query)}&time={sinceEpoch.TotalMilliseconds / 1000:0.000}");
        var answer = await Eventually.GetAsync(() => AskAsync(path), answer => answer is not null, Limit);
        Assert.True(answer is not null, $"Prometheus does not answer {query}. It said: {_process.Said}");
        return answer.Value.GetProperty("result").EnumerateArray().ToDictionary(
            series => series.GetProperty("metric").GetProperty(label).GetString()!,
            series => ValueOf(series.GetProperty("value")[1].GetString()!),
            StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static double ValueOf(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private async Task<JsonElement?> AskAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(_api, path), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("data")
                : null;
        }
        catch (HttpRequestException)
        {
            // It is still starting.
            return null;
        }
    }
}
