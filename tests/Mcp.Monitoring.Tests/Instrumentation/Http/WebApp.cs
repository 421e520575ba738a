using System.Globalization;
using System.Net;
using System.Text;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>A web application in memory on a clock that only the test moves, and what monitoring counted of it.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    public const string Header = "X-Correlation-ID";

    private readonly WebApplication _app;

    private WebApp(WebApplication app, FakeTimeProvider clock, ScopeLog log)
    {
        _app = app;
        Clock = clock;
        Log = log;
    }

    public FakeTimeProvider Clock { get; }

    public ScopeLog Log { get; }

    public IServiceProvider Services => _app.Services;

    public TestServer Server => _app.GetTestServer();

    public OperationMonitor Monitor => Services.GetRequiredService<OperationMonitor>();

    public static Task<WebApp> StartAsync(RequestDelegate answer) => StartAsync(app => app.MapGet("/", answer));

    public static Task<WebApp> StartAsync(
        Action<WebApplication> map, Action<IServiceCollection>? services = null, Action<McpMonitoringOptions>? configure = null) =>
        StartAsync(host => host.UseTestServer(), map, services, configure);

    /// <summary>Starts it behind Kestrel on the loopback, on one port for each version of HTTP.</summary>
    public static Task<WebApp> ListenAsync(
        Action<WebApplication> map, Action<IServiceCollection>? services = null, Action<McpMonitoringOptions>? configure = null) =>
        StartAsync(
            host => host.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0, one => one.Protocols = HttpProtocols.Http1);
                kestrel.Listen(IPAddress.Loopback, 0, two => two.Protocols = HttpProtocols.Http2);
            }),
            map,
            services,
            configure);

    /// <summary>Gets where it listens.</summary>
    /// <param name="version">1 or 2.</param>
    public Uri Address(int version) => new(_app.Urls.ElementAt(version - 1));

    private static async Task<WebApp> StartAsync(
        Action<IWebHostBuilder> host, Action<WebApplication> map, Action<IServiceCollection>? services, Action<McpMonitoringOptions>? configure)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var log = new ScopeLog();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "weather" });
        host(builder.WebHost);
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddRouting();
        services?.Invoke(builder.Services);
        builder.Services.AddMcpMonitoring(options => options.Prometheus.DefaultMeters = false).AddMcpMonitoring(configure);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebApp(app, clock, log);
    }

    /// <summary>Sends a request without a client's good manners. An exception that the application lets go is the server's business.</summary>
    /// <returns>The answer, or <see langword="null"/> if the application threw.</returns>
    public Task<HttpContext?> SendAsync(string path, string method = "GET", Action<HttpRequest>? shape = null) =>
        RequestAsync(path, method, shape, TestContext.Current.CancellationToken);

    /// <summary>Sends a request and reads its answer to the end.</summary>
    public async Task ReadAsync(string path, string method)
    {
        if (await SendAsync(path, method) is { } answer)
        {
            await answer.Response.Body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Sends a request whose caller hangs up when the token says so.</summary>
    public Task HangUpAsync(string path, CancellationToken hungUp) => RequestAsync(path, "GET", shape: null, hungUp);

    /// <summary>Waits, as an endpoint, until the caller hangs up, and then leaves by a cancellation.</summary>
    public static Task UntilHungUpAsync(HttpContext http)
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        http.RequestAborted.UnsafeRegister(static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), hungUp);
        return hungUp.Task;
    }

    /// <summary>Checks that exactly this was counted; an answer may reach its reader a moment before its request has ended.</summary>
    public void HasCounted(params string[] expected)
    {
        string[] wanted = [.. expected.Order(StringComparer.Ordinal)];
        SpinWait.SpinUntil(() => wanted.SequenceEqual(Counted(), StringComparer.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Equal(wanted, Counted(), StringComparer.Ordinal);
    }

    /// <summary>Checks it where other threads do the work.</summary>
    public async Task HasCountedAsync(params string[] expected)
    {
        string[] wanted = [.. expected.Order(StringComparer.Ordinal)];
        await UntilAsync(counted => wanted.SequenceEqual(counted, StringComparer.Ordinal));
        Assert.Equal(wanted, Counted(), StringComparer.Ordinal);
    }

    /// <summary>Waits until something was counted, for at most a while.</summary>
    public Task UntilAsync(Func<string[], bool> isSo) => UntilAsync(() => isSo(Counted()));

    // On a thread of its own: the server works on those of the pool.
    public static Task UntilAsync(Func<bool> isSo) => Task.Factory.StartNew(
        () => SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(20)), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Gets everything of requests, operations and errors that is not zero.</summary>
    public string[] Counted()
    {
        ParsedSample[] samples = [.. Scrape().SelectMany(family => family.Samples)];
        return
        [
            .. Lines("http", "mcp_http_request_duration_seconds_count", "method", "route", "status_code", "kind")
                .Concat(Lines("ended", "mcp_operations_total", "operation_type", "operation", "outcome"))
                .Concat(Lines("error", "mcp_errors_total", "operation_type", "operation", "outcome", "error_type"))
                .Concat(Lines("waited", "mcp_operation_wait_seconds_count", "operation"))
                .Concat(Lines("active", "mcp_active_requests", "operation_type"))
                .Concat(Lines("streams", "mcp_streams_active"))
                .Concat(Lines("limited", "mcp_monitoring_limited_series_total", "metric"))
                .Concat(Lines("broken", "mcp_monitoring_errors_total", "component"))
                .Order(StringComparer.Ordinal),
        ];

        IEnumerable<string> Lines(string kind, string name, params string[] labels) =>
            from sample in samples
            where sample.Name == name && sample.Value != 0 && sample.Label("operation") != UnhandledExceptions.UnobservedTask   // of whatever test runs beside it
            select string.Join(' ', [kind, .. labels.Select(sample.Label), sample.Value.ToString(CultureInfo.InvariantCulture)]);
    }

    public IReadOnlyList<ParsedFamily> Scrape(ExpositionFormat format = ExpositionFormat.Text)
    {
        MetricsPage page = Services.GetRequiredService<MetricsPage>();
        ExpositionWriter writer = page.Registry.CreateWriter();
        page.Write(writer, format);
        return ExpositionParser.Parse(Encoding.UTF8.GetString(writer.Written.Span), format);
    }

    public double Seconds(string route) => Assert.Single(
        Scrape().SelectMany(family => family.Samples),
        sample => sample.Name == "mcp_http_request_duration_seconds_sum" && sample.Label("route") == route).Value;

    private async Task<HttpContext?> RequestAsync(string path, string method, Action<HttpRequest>? shape, CancellationToken cancellationToken)
    {
        try
        {
            return await Server.SendAsync(
                http =>
                {
                    http.Request.Method = method;
                    http.Request.Path = path;
                    shape?.Invoke(http.Request);
                },
                cancellationToken);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Log.Dispose();
    }
}
