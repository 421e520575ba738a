using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace Mcp.Monitoring.IntegrationTests.OperationsTools;

/// <summary>The sample with its operations over MCP behind a token, one of whose tools has failed.</summary>
internal sealed class OperationsSample : IAsyncDisposable
{
    public const string Token = "a-token-of-the-tests";

    // What is shown is at most two seconds old.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Sample _sample;
    private int _incidents;

    private OperationsSample(Sample sample)
    {
        _sample = sample;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>Gets the address of the operations.</summary>
    public Uri Operations => new(_sample.Address, "monitoring/mcp");

    /// <summary>Gets the address of the application's own server.</summary>
    public Uri Own => _sample.Mcp;

    /// <summary>Gets a client that sends the token.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public IAlertManager Alerts => _sample.Services.GetRequiredService<IAlertManager>();

    public static async Task<OperationsSample> StartAsync(HttpServerSessionMode mode)
    {
        var sample = new OperationsSample(await Sample.StartAsync(builder =>
        {
            builder.Services.Configure<HttpServerTransportOptions>(options => options.SessionMode = mode);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["McpMonitoring:OperationsTools:Enabled"] = "true",
                ["McpMonitoring:StatusPage:Enabled"] = "true",
                ["McpMonitoring:StatusPage:Token"] = Token,
                ["McpMonitoring:Alerts:Storage:Path"] = ":memory:",
            });
        }));
        await using var agent = await Caller.ConnectAsync(sample.Own, sample.Http, ProtocolOf(mode));
        await agent.CallToolAsync("unstable", Caller.Arguments("how", "throw"), cancellationToken: TestContext.Current.CancellationToken);
        return sample;
    }

    /// <summary>Returns a revision of the protocol whose clients the application's own server takes.</summary>
    public static string ProtocolOf(HttpServerSessionMode mode) => mode == HttpServerSessionMode.Stateless ? ProtocolVersions.WithoutSessions : "2025-06-18";

    /// <summary>Opens an incident that is nobody else's.</summary>
    /// <returns>Its number, once the operations tell of it.</returns>
    public async Task<int> OpenIncidentAsync()
    {
        string dependency = string.Create(CultureInfo.InvariantCulture, $"warehouse-{Interlocked.Increment(ref _incidents)}");
        await Alerts.RaiseAsync(new CustomAlert
        {
            Name = "WarehouseDown",
            Severity = AlertSeverity.Critical,
            Summary = "The warehouse does not answer.",
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["dependency"] = dependency },
        });
        Uri status = new(_sample.Address, "monitoring/api/v1/status");
        JsonNode answer = await Eventually.GetAsync(
            async () => JsonNode.Parse(await Http.GetStringAsync(status, TestContext.Current.CancellationToken))!, answer => NumberOf(answer, dependency) > 0, Limit);
        Assert.True(NumberOf(answer, dependency) > 0, $"There is no incident of {dependency}:\n{answer}");
        return NumberOf(answer, dependency);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _sample.DisposeAsync();
    }

    private static int NumberOf(JsonNode status, string dependency) => status["incidents"]!.AsArray()
        .Where(incident => incident!["matchers"]!.AsArray().Any(matcher => ((string)matcher!).Contains($"\"{dependency}\"", StringComparison.Ordinal)))
        .Select(incident => (int)incident!["number"]!)
        .FirstOrDefault();
}
