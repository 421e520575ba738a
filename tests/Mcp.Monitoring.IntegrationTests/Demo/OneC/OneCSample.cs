using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OneCServer.OneC;

namespace Mcp.Monitoring.IntegrationTests.Demo.OneC;

/// <summary>The sample in front of 1C in this process, on a free port of the loopback address, and a client of it.</summary>
internal sealed class OneCSample : IAsyncDisposable
{
    public const string Order = "00000000-0000-0000-0000-000000000001", NoOrder = "00000000-0000-0000-0000-000000000009";

    private readonly WebApplication _app;
    private readonly RecordedLogs _logs;
    private readonly HttpClient _http;
    private readonly McpClient _client;

    private OneCSample(WebApplication app, RecordedLogs logs, HttpClient http, McpClient client)
    {
        _app = app;
        _logs = logs;
        _http = http;
        _client = client;
        Metrics = new Scraper(_http, new Uri(new Uri(app.Urls.Single()), "metrics"));
    }

    public Scraper Metrics { get; }

    public OneCFault Fault
    {
        set => _app.Services.GetRequiredService<OneCStandIn>().Fault = value;
    }

    /// <summary>Gets what 1C was said to fail by.</summary>
    public IEnumerable<string> Said => _logs.Of("OneCFails").Select(entry => entry.Message);

    public static Task<OneCSample> StartAsync(params string[] args) => StartAsync(opensAfter: 5, args);

    /// <param name="opensAfter">After how many failures the breaker opens, those of the probe among them.</param>
    /// <param name="args">The command line.</param>
    public static async Task<OneCSample> StartAsync(int opensAfter, params string[] args)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var logs = new RecordedLogs();
        WebApplication app = OneCServer.Program.Build(
            [.. args, "--urls", "http://127.0.0.1:0"],
            builder =>
            {
                builder.Logging.AddFilter<ConsoleLoggerProvider>(category: null, LogLevel.None).AddProvider(logs);
                builder.Services.AddMcpMonitoring(options => options.Thresholds.CircuitBreakerFailureThreshold = opensAfter);
            });
        await app.StartAsync(cancellationToken);
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        McpClient client = await McpClient.CreateAsync(
            new HttpClientTransport(new() { Endpoint = new Uri(new Uri(app.Urls.Single()), "mcp"), TransportMode = HttpTransportMode.StreamableHttp }, http), cancellationToken: cancellationToken);
        return new OneCSample(app, logs, http, client);
    }

    /// <summary>Calls a tool.</summary>
    /// <returns>Whether it failed, and its text without what the SDK puts before the text of an exception.</returns>
    public async Task<(bool IsError, string Text)> CallAsync(string tool, string argument, string value)
    {
        CallToolResult result = await _client.CallToolAsync(
            tool, new Dictionary<string, object?>(StringComparer.Ordinal) { [argument] = value }, cancellationToken: TestContext.Current.CancellationToken);
        string text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        return (result.IsError == true, text.Replace($"An error occurred invoking '{tool}': ", "", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
