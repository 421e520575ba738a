using System.Net.Http.Json;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>A real Prometheus that scrapes one address each second and stores exemplars.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prometheus");
    private readonly ChildProcess _process;
    private readonly Uri _api;

    public PrometheusServer(string program, Uri target, params string[] features)
    {
        int port = FreePort.Find();
        string configuration = Path.Combine(_folder.FullName, "prometheus.yml");
        File.WriteAllText(configuration, $"""
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
            scrape_configs:
            - job_name: weather
              static_configs:
              - targets: ['{target.Authority}']
            """);
        _api = new Uri($"http://127.0.0.1:{port}/api/v1/");
        _process = ChildProcess.Start(
            program,
            $"--config.file={configuration}",
            $"--storage.tsdb.path={Path.Combine(_folder.FullName, "data")}",
            $"--web.listen-address=127.0.0.1:{port}",
            $"--enable-feature={string.Join(',', ["exemplar-storage", .. features])}",
            "--log.level=warn");
    }

    /// <summary>Asks until the answer's data is good or a minute is over; the test judges the data.</summary>
    public async Task<JsonElement> AskUntilAsync(string path, Func<JsonElement, bool> isGood)
    {
        var data = await Eventually.GetAsync(() => AskAsync(path), data => data is { } found && isGood(found), Limit);
        Assert.True(data is not null, $"Prometheus does not answer. It said: {_process.Said}");
        return data.Value;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<JsonElement?> AskAsync(string path)
    {
        try
        {
            var answer = await _http.GetFromJsonAsync<JsonElement>(new Uri(_api, path), TestContext.Current.CancellationToken);
            return answer.GetProperty("data");
        }
        catch (HttpRequestException)
        {
            // It is still starting.
            return null;
        }
    }
}
