using System.Text;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.IntegrationTests.Dependencies;

/// <summary>HTTP services that fail as real ones do, called by a real client; counts equal what was done, to the unit.</summary>
public sealed class RealDependencyTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private WebApplication _app = null!;
    private TinyServer _server = null!;
    private UnansweredPort _unanswered = null!;
    private string _answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private IMcpMonitor Monitor => _app.Services.GetRequiredService<IMcpMonitor>();

    public async ValueTask InitializeAsync()
    {
        _server = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            stream.Write(Encoding.ASCII.GetBytes(_answer));
        });
        _unanswered = new UnansweredPort();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMcpMonitoring();
        Client(builder, "1c", _server.Port).AddMcpCircuitBreaker("1c");
        Client(builder, "unanswered", _unanswered.Port);
        Client(builder, "refused", FreePort.Find());
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapMcpMonitoring();
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
        _unanswered.Dispose();
    }

    [Theory]
    [InlineData("1c", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "success", "", "success")]
    [InlineData("1c", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "error", "auth", "success")]
    [InlineData("1c", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "error", "integration", "success")]
    [InlineData("1c", "", "error", "integration", "")]
    [InlineData("1c", "nonsense\r\n\r\n", "error", "integration", "")]
    [InlineData("refused", "", "error", "integration", "error")]
    [InlineData("unanswered", "", "timeout", "timeout", "")]
    public async Task Each_way_to_fail_is_told_by_its_outcome_its_error_and_its_connection(string dependency, string answer, string outcome, string errorType, string connection)
    {
        _answer = answer;
        const int Calls = 3;

        for (int i = 0; i < Calls; i++)
        {
            await Record.ExceptionAsync(() => CallAsync(dependency));
        }

        MetricsPage page = await PageAsync();
        Assert.Equal(Calls, page.Count("mcp_integration_call_duration_seconds", ("dependency", dependency), ("call", "GET"), ("outcome", outcome)));
        Assert.Equal(errorType.Length > 0 ? Calls : 0, page.Sum("mcp_errors_total", ("operation", "get_order"), ("outcome", "server_error")));
        Assert.Equal(errorType.Length > 0 ? Calls : 0, page.Sum("mcp_errors_total", ("operation", "get_order"), ("error_type", errorType), ("dependency", dependency)));
        Assert.Equal(connection.Length > 0 ? Calls : 0, page.Sum("mcp_integration_connections_total", ("dependency", dependency), ("outcome", connection)));
        Assert.Equal(outcome == "success" ? 1 : 0, page.Sum("mcp_dependency_up", ("dependency", dependency)));
    }

    [Fact]
    public async Task Breaker_opens_with_the_fifth_failure_and_what_it_rejects_reaches_nobody()
    {
        int answered = 0;
        using var failing = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            Interlocked.Increment(ref answered);
            stream.Write("HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
        });
        var address = new Uri($"http://127.0.0.1:{failing.Port}/");
        for (int i = 0; i < 12; i++)
        {
            Exception? thrown = await Record.ExceptionAsync(() => CallAsync("1c", address));
            Assert.Equal(i >= 5, thrown is BrokenCircuitException);
        }

        MetricsPage page = await PageAsync();
        Assert.Equal(5, answered);
        Assert.Equal(7, page.Sum("mcp_circuit_breaker_rejected_total", ("dependency", "1c")));
        Assert.Equal(1, page.Sum("mcp_circuit_breaker_state", ("dependency", "1c"), ("state", "open")));
        Assert.Equal(5, page.Sum("mcp_errors_total", ("error_type", "integration"), ("dependency", "1c")));
        Assert.Equal(7, page.Sum("mcp_errors_total", ("error_type", "circuit_breaker"), ("dependency", "1c")));
    }

    private static IHttpClientBuilder Client(WebApplicationBuilder builder, string name, int port) => builder.Services.AddHttpClient(name, client =>
    {
        client.BaseAddress = new Uri($"http://127.0.0.1:{port}/");
        client.Timeout = name == "unanswered" ? Limit : TimeSpan.FromSeconds(30);
    }).AddMcpMonitoring(name);

    private async Task CallAsync(string dependency, Uri? address = null) => await Monitor.RunAsync(
        OperationType.Tools,
        "get_order",
        async token =>
        {
            using HttpClient client = _app.Services.GetRequiredService<IHttpClientFactory>().CreateClient(dependency);
            using HttpResponseMessage response = await client.GetAsync(address ?? client.BaseAddress, token);
            response.EnsureSuccessStatusCode();
        },
        CancellationToken.None);

    private async Task<MetricsPage> PageAsync()
    {
        using var client = new HttpClient();
        return MetricsPage.Parse(await client.GetStringAsync(new Uri(_app.Urls.First() + "/metrics"), TestContext.Current.CancellationToken));
    }
}
