using System.Net.Http.Json;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>A real Alertmanager on ports of its own, alone or a member of a cluster, which tells one webhook. It keeps its folder and ports over restarts.</summary>
internal sealed class AlertmanagerServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alertmanager");
    private readonly string _program;
    private readonly string[] _arguments;
    private ChildProcess? _process;

    private AlertmanagerServer(string program, string text, int port, int clusterPort, IEnumerable<int> peers)
    {
        _program = program;
        Address = new Uri($"http://127.0.0.1:{port}");
        string configuration = Path.Combine(_folder.FullName, "alertmanager.yml");
        File.WriteAllText(configuration, text);
        _arguments =
        [
            $"--config.file={configuration}",
            $"--storage.path={Path.Combine(_folder.FullName, "data")}",
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=warn",
            clusterPort == 0 ? "--cluster.listen-address=" : $"--cluster.listen-address=127.0.0.1:{clusterPort}",
            "--cluster.advertise-address=127.0.0.1:" + clusterPort,
            // So long a member waits for another to tell before it does: on a busy machine less means that both tell.
            "--cluster.peer-timeout=10s",
            "--cluster.gossip-interval=50ms",
            "--cluster.pushpull-interval=1s",
            "--cluster.reconnect-interval=1s",
            .. peers.Select(peer => $"--cluster.peer=127.0.0.1:{peer}"),
        ];
    }

    public Uri Address { get; }

    public static async Task<AlertmanagerServer> StartAsync(Uri webhook) => (await StartAsync(webhook, members: 1))[0];

    public static Task<AlertmanagerServer[]> StartAsync(Uri webhook, int members, int groupWaitSeconds = 2) => StartAsync(members, $"""
        route:
          receiver: hook
          group_by: [alertname, service]
          group_wait: {groupWaitSeconds}s
          group_interval: 2s
          repeat_interval: 1h
        receivers:
        - name: hook
          webhook_configs:
          - url: '{webhook}'
            send_resolved: true
        """);

    /// <summary>Starts one with a configuration of its own.</summary>
    public static async Task<AlertmanagerServer> StartAsync(string configuration) => (await StartAsync(members: 1, configuration))[0];

    private static async Task<AlertmanagerServer[]> StartAsync(int members, string configuration)
    {
        string program = Programs.AlertmanagerOrSkip();
        int[] ports = [.. Enumerable.Range(0, members).Select(_ => FreePort.Find())];
        int[] cluster = [.. Enumerable.Range(0, members).Select(_ => members == 1 ? 0 : FreePort.Find())];
        AlertmanagerServer[] servers = [.. ports.Select((port, i) => new AlertmanagerServer(program, configuration, port, cluster[i], cluster.Where(peer => peer != cluster[i])))];
        await Task.WhenAll(servers.Select(server => server.StartAsync()));
        return servers;
    }

    public async Task StartAsync()
    {
        _process = ChildProcess.Start(_program, _arguments);
        bool isReady = await Eventually.GetAsync(IsReadyAsync, isReady => isReady, Limit);
        Assert.True(isReady, $"Alertmanager does not start. It said: {_process.Said}");
    }

    /// <summary>Gets how often other members have let it know of a notification or a silence.</summary>
    public async Task<double> HeardAsync()
    {
        const string Updates = "alertmanager_cluster_messages_received_total{msg_type=\"update\"} ";
        string page = await _http.GetStringAsync(new Uri(Address, "metrics"), TestContext.Current.CancellationToken);
        string line = Assert.Single(page.Split('\n'), static line => line.StartsWith(Updates, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(Updates.Length), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it as an operator does; it writes down what it knows of notifications.</summary>
    public async Task TerminateAsync()
    {
        await Command.RunAsync(_folder.FullName, "kill", "-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await _process.ExitAsync();
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Ends it from one moment to the next.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>Asks its API.</summary>
    public async Task<JsonElement[]> AskAsync(string path) =>
        await _http.GetFromJsonAsync<JsonElement[]>(new Uri(Address, $"api/v2/{path}"), TestContext.Current.CancellationToken) ?? [];

    /// <summary>Sends it alerts.</summary>
    public async Task PostAsync<T>(IEnumerable<T> alerts)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(Address, "api/v2/alerts"), alerts, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<JsonElement> StatusAsync() => _http.GetFromJsonAsync<JsonElement>(new Uri(Address, "api/v2/status"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri(Address, "-/ready"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
