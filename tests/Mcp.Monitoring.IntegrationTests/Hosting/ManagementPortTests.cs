using System.IO.Pipelines;
using System.Net;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.IntegrationTests.Hosting;

/// <summary>The management listener, beside a web application and in a host that has no web server of its own.</summary>
public sealed class ManagementPortTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly int _port = FreePort.Find();

    private Scraper Management => new(_http, At("metrics"));

    [Fact]
    public async Task Calls_over_http_are_counted_there()
    {
        await using var sample = await StartSampleAsync();
        await using var client = await Caller.ConnectAsync(sample.Mcp, sample.Http, ProtocolVersions.WithoutSessions);

        await client.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: TestContext.Current.CancellationToken);

        var page = await Management.ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "get_weather"), ("outcome", "success")));
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("health")]
    [InlineData("health/ready")]
    [InlineData("health/live")]
    public async Task Each_endpoint_answers_there(string path)
    {
        await using var sample = await StartSampleAsync();

        using var answer = await _http.GetAsync(At(path), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_are_not_on_the_applications_port()
    {
        await using var sample = await StartSampleAsync();

        using var answer = await sample.Http.GetAsync(new Uri(sample.Address, "metrics"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Tools_are_not_on_the_management_port()
    {
        await using var sample = await StartSampleAsync();

        using var answer = await _http.PostAsync(At("mcp"), content: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Calls_over_a_stream_are_counted_there()
    {
        var (requests, answers) = (new Pipe(), new Pipe());
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.ClearProviders();
        builder.Services.AddMcpServer().WithStreamServerTransport(requests.Reader.AsStream(), answers.Writer.AsStream())
            .WithTools([McpServerTool.Create((string text) => text, new() { Name = "echo" })]);
        builder.Services.AddMcpMonitoring(Listen);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var transport = new StreamClientTransport(requests.Writer.AsStream(), answers.Reader.AsStream());
        await using (var client = await McpClient.CreateAsync(transport, Caller.Patient, cancellationToken: TestContext.Current.CancellationToken))
        {
            await client.CallToolAsync("echo", Caller.Arguments("text", "hello"), cancellationToken: TestContext.Current.CancellationToken);
        }

        var page = await Management.ScrapeWhenQuietAsync();

        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation_type", "tools"), ("operation", "echo"), ("outcome", "success")));
        await host.StopAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(Management.ScrapeAsync);
    }

    public void Dispose() => _http.Dispose();

    private Uri At(string path) => new($"http://127.0.0.1:{_port}/{path}");

    private Task<Sample> StartSampleAsync() => Sample.StartAsync(builder => builder.Services.AddMcpMonitoring(Listen));

    private void Listen(McpMonitoringOptions options)
    {
        options.Prometheus.Port = _port;
        options.Prometheus.BindAddress = "127.0.0.1";
    }
}
