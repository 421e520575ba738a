using System.Text.Json;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>What the endpoints of a host that are no operations report, whoever sends it.</summary>
[Collection(nameof(HostStoryTests))]
public sealed class HostEndpointTests
{
    private const string UseSentry = "UseSentry", Own = "own client";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(Own, false)]
    [InlineData(Own, true)]
    [InlineData(UseSentry, false)]
    [InlineData(UseSentry, true)]
    public async Task Endpoint_that_fails_often_keeps_no_other_from_being_told(string sender, bool hasHandler)
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using (WebApplication app = await StartAsync(sink, sender, hasHandler))
        {
            await GetAsync(app, "/boom", times: 15);
            await GetAsync(app, "/other");
            await GetAsync(app, "/logged");
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        SentrySdk.Flush(Limit);
        string[] places = [.. sink.Events.Select(one => Text(one.GetProperty("tags"), "operation") ?? "-")];
        Assert.Equal(11, places.Count(place => place == "/boom"));
        Assert.Single(places, "/other");
        Assert.Single(places, "/logged");
        Assert.Equal(13, places.Length);
        Assert.All(sink.Events, one => Assert.Equal("http " + Text(one.GetProperty("tags"), "operation"), one.GetProperty("fingerprint")[0].GetString()));
    }

    [Fact]
    public async Task What_the_code_of_the_host_says_itself_is_sent_as_often_as_it_says_it()
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using (WebApplication app = await StartAsync(sink, UseSentry, hasHandler: false, options => options.Sentry.SampleRate = 0))
        {
            await GetAsync(app, "/said", times: 15);
            await GetAsync(app, "/boom");
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        SentrySdk.Flush(Limit);
        Assert.Equal(15, sink.Events.Count(one => one.TryGetProperty("logentry", out JsonElement entry) && entry.GetRawText().Contains("said", StringComparison.Ordinal)));
        Assert.Equal(16, sink.Events.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_stays_beside_the_transaction_of_the_hosts_client(bool isTraced)
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        string? seen = null;
        await using (WebApplication app = await StartAsync(sink, UseSentry, hasHandler: false, sentry: options => options.TracesSampleRate = isTraced ? 1 : null, look: () => seen = SentrySdk.GetSpan()?.TraceId.ToString()))
        {
            await GetAsync(app, "/look");
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        SentrySdk.Flush(Limit);
        string? trace = Text(Assert.Single(sink.Events).GetProperty("contexts").GetProperty("trace"), "trace_id");
        Assert.Equal(isTraced, trace == seen);
        Assert.NotNull(trace);
    }

    [Fact]
    public async Task Other_requests_leave_no_breadcrumbs()
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using (WebApplication app = await StartAsync(sink, Own, hasHandler: false))
        {
            await GetAsync(app, "/fine?patient=ivanov", times: 5);
            await GetAsync(app, "/boom");
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain("ivanov", Assert.Single(sink.Events).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_the_hosts_client_does_not_follow_are_named()
    {
        using var log = new RecordedLogs();
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using WebApplication app = await StartAsync(sink, UseSentry, hasHandler: false, options => (options.Sentry.Release, options.Sentry.LogsLevel) = ("shop@1", LogLevel.Warning), log: log);

        await app.StopAsync(TestContext.Current.CancellationToken);
        SentrySdk.Close();
        Assert.Contains("release, logs_level of the section sentry have no effect", Assert.Single(log.Of("SettingsOfOwnClient")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_records_below_an_event_is_not_made_for_the_hosts_client()
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using WebApplication app = await StartAsync(sink, UseSentry, hasHandler: false, sentry: options => ((Sentry.Extensions.Logging.SentryLoggingOptions)options).MinimumBreadcrumbLevel = LogLevel.None);
        int texts = 0;

        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Prices").Log(LogLevel.Information, default, 0, exception: null, (_, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{++texts}"));
        await app.StopAsync(TestContext.Current.CancellationToken);
        await app.DisposeAsync();
        SentrySdk.Close();

        Assert.Equal(0, texts);
    }

    [Fact]
    public async Task Directory_that_cannot_be_written_costs_no_event()
    {
        using var log = new RecordedLogs();
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        await using (WebApplication app = await StartAsync(sink, Own, hasHandler: false, options => options.Sentry.CachePath = "/proc/mcp-monitoring", log: log))
        {
            await GetAsync(app, "/boom", times: 3);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, sink.Events.Count);
        Assert.StartsWith("sentry.cache_path /proc/mcp-monitoring cannot be used: ", Assert.Single(log.Of("SentryCacheNotUsed")).Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(
        EnvelopeSink sink, string sender, bool hasHandler, Action<McpMonitoringOptions>? configure = null, Action<global::Sentry.SentryOptions>? sentry = null, Action? look = null, ILoggerProvider? log = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (sender == UseSentry)
        {
            builder.WebHost.UseSentry(options =>
            {
                options.Dsn = sink.Dsn;
                options.AutoSessionTracking = false;
                options.DisableFileWrite = true;
                sentry?.Invoke(options);
            });
        }

        builder.Services.AddMcpMonitoring(options =>
        {
            options.Sentry.Dsn = sender == Own ? sink.Dsn : null;
            configure?.Invoke(options);
        });
        WebApplication app = builder.Build();
        if (hasHandler)
        {
            app.UseExceptionHandler(error => error.Run(static http => http.Response.WriteAsync("Sorry.")));
        }

        app.MapGet("/boom", string () => throw new InvalidOperationException("no"));
        app.MapGet("/other", string () => throw new InvalidOperationException("no"));
        app.MapGet("/fine", () => "fine");
        app.MapGet("/said", () => SentrySdk.CaptureMessage("said").ToString());
        app.MapGet("/look", string () =>
        {
            look?.Invoke();
            throw new InvalidOperationException("no");
        });
        app.MapGet("/logged", string (ILoggerFactory loggers) =>
        {
            var exception = new InvalidOperationException("no");
            loggers.CreateLogger("Shop.Prices").LogError(exception, "It failed.");
            throw exception;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task GetAsync(WebApplication app, string path, int times = 1)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        for (int i = 0; i < times; i++)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
