using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Mcp.Monitoring.IntegrationTests.Servers;

/// <summary>The sample's server in this process, on a free port of the loopback address.</summary>
internal sealed class Sample : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Sample(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Metrics = new Scraper(Http, new Uri(Address, "metrics"));
    }

    public Uri Address { get; }

    public Uri Mcp => new(Address, "mcp");

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public Scraper Metrics { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<Sample> StartAsync(params string[] args) => StartAsync(configure: null, args);

    public static async Task<Sample> StartAsync(Action<WebApplicationBuilder>? configure, params string[] args)
    {
        var app = WeatherServer.Program.Build(
            [.. args, "--urls", "http://127.0.0.1:0"],
            builder =>
            {
                builder.Logging.AddFilter<ConsoleLoggerProvider>(category: null, LogLevel.None);
                configure?.Invoke(builder);
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Sample(app);
    }

    /// <summary>Sends one body to the MCP endpoint as it is, without a client's good manners.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string? protocolVersion, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Mcp) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (protocolVersion is not null)
        {
            request.Headers.Add("MCP-Protocol-Version", protocolVersion);
        }

        return Http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
