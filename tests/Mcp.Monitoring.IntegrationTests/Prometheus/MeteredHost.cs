using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>A server on loopback that shows a meter of its application's own on <c>/metrics</c>.</summary>
internal sealed class MeteredHost : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication _app;

    private MeteredHost(WebApplication app, string meter)
    {
        _app = app;
        MeterName = meter;
    }

    public string MeterName { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<MeteredHost> StartAsync(bool withDefaultMeters = false)
    {
        string meter = $"Test.{Guid.NewGuid():N}";
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.ServiceLabel = false;
            options.Prometheus.DefaultMeters = withDefaultMeters;
            options.Prometheus.Meters = [meter];
        });
        WebApplication app = builder.Build();
        app.MapMcpMonitoring();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new MeteredHost(app, meter);
    }

    public Meter CreateMeter() => new(MeterName);

    public async Task<ScrapedPage> ScrapeAsync(bool openMetrics)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_app.Urls.Single() + "/metrics"));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(openMetrics ? "application/openmetrics-text;version=1.0.0" : "text/plain;version=0.0.4"));
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        Assert.Equal(openMetrics ? "application/openmetrics-text" : "text/plain", response.Content.Headers.ContentType?.MediaType);
        return new ScrapedPage(openMetrics, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
