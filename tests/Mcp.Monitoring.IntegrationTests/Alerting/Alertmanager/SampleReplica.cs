using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Processes;
using ModelContextProtocol.Client;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>The sample as one of several replicas whose alerts go to Alertmanager, started as an operator starts it. It keeps its file of alerts over restarts.</summary>
internal sealed class SampleReplica : IAsyncDisposable
{
    /// <summary>The alert of a replica whose tool has failed within the last 10 seconds.</summary>
    public const string Alert = "ToolFails";

    private static readonly TimeSpan BetweenCalls = TimeSpan.FromSeconds(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("replica");
    private readonly string _configuration;
    private CancellationTokenSource? _failing;
    private Task _calls = Task.CompletedTask;
    private ChildProcess? _process;
    private Uri? _mcp;

    private SampleReplica(string instance, IEnumerable<AlertmanagerServer> members)
    {
        _configuration = Path.Combine(_folder.FullName, "monitoring.yaml");
        File.WriteAllText(_configuration, $"""
            prometheus:
              service_name: weather
            alerts:
              mode: forward
              alertmanager:
                urls: [{string.Join(", ", members.Select(member => $"'{member.Address.GetLeftPart(UriPartial.Authority)}'"))}]
                instance: {instance}
              storage:
                path: {Path.Combine(_folder.FullName, "alerts.db")}
              evaluation:
                interval: 00:00:01
                sample_interval: 00:00:01
                warm_up: 00:00:00
              rules:
                - name: {Alert}
                  severity: critical
                  metric: mcp_operations_total
                  labels: ['outcome="tool_error"']
                  function: increase
                  window: 00:00:10
                  threshold: 0
                  for: 00:00:00
                  keep_firing_for: 00:00:00
                  summary: the station is closed
            """);
    }

    /// <summary>Gets everything that it has written to its console since it was started.</summary>
    public string Said => _process?.Said ?? "";

    public static async Task<SampleReplica> StartAsync(string instance, IEnumerable<AlertmanagerServer> members)
    {
        var replica = new SampleReplica(instance, members);
        await replica.StartAsync();
        return replica;
    }

    public async Task StartAsync()
    {
        _process = ChildProcess.Start(Programs.Dotnet, Programs.Sample, "--config", _configuration, "--urls", "http://127.0.0.1:0");
        string? line;
        do
        {
            line = await _process.ReadLineAsync();
            Assert.True(line is not null, _process.Said);
        }
        while (!line.StartsWith("MCP", StringComparison.Ordinal));

        _mcp = new Uri(line["MCP".Length..].Trim());
    }

    /// <summary>Has a tool fail each second from now on.</summary>
    public void BeginToFail()
    {
        _failing = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _calls = FailAsync(_mcp!, _failing.Token);
    }

    public async Task StopFailingAsync()
    {
        if (_failing is { } failing)
        {
            _failing = null;
            await failing.CancelAsync();
            await _calls;
            failing.Dispose();
        }
    }

    /// <summary>Ends it from one moment to the next.</summary>
    public async Task KillAsync()
    {
        await StopFailingAsync();
        await _process!.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopFailingAsync();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task FailAsync(Uri mcp, CancellationToken stop)
    {
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await using McpClient client = await McpClient.CreateAsync(
                new HttpClientTransport(new() { Endpoint = mcp, TransportMode = HttpTransportMode.StreamableHttp }, http), Caller.Patient, cancellationToken: stop);
            using var pauses = new PeriodicTimer(BetweenCalls);
            do
            {
                await client.CallToolAsync("unstable", Caller.Arguments("how", "tool_error"), cancellationToken: stop);
            }
            while (await pauses.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}
