using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>Scrapes and probes are nobody's traffic, whatever they are answered and wherever the host has put them.</summary>
public class ProbeTests
{
    private static readonly Dictionary<string, Action<WebApplication>> Ways = new(StringComparer.Ordinal)
    {
        ["endpoint"] = app => app.MapHealthChecks("/well"),
        ["endpoint with options"] = app => app.MapHealthChecks("/well", new HealthCheckOptions { Predicate = check => check.Name == "db" }),
        ["endpoint that runs no check"] = app => app.MapHealthChecks("/well", new HealthCheckOptions { Predicate = _ => false }),
        ["endpoint of a group"] = app => app.MapGroup("/{tenant=a}").MapHealthChecks("/well"),
        ["endpoint under another name"] = app => app.MapHealthChecks("/well").WithDisplayName("well"),
        ["endpoint with a filter and another name"] = app =>
            app.MapGroup("").AddEndpointFilter((context, next) => next(context)).MapHealthChecks("/well").WithDisplayName("well"),
        ["endpoint that is short-circuited"] = app => app.MapHealthChecks("/well").ShortCircuit(),
        ["endpoint whose answer fails"] = app => app.MapHealthChecks("/well", new HealthCheckOptions { ResponseWriter = (_, _) => throw new InvalidOperationException("no") }),
        ["endpoint with a status of its own"] = app => app.MapHealthChecks("/well", new HealthCheckOptions
        {
            ResultStatusCodes = { [HealthStatus.Healthy] = 500, [HealthStatus.Degraded] = 500, [HealthStatus.Unhealthy] = 500 },
        }),
        ["endpoint behind a re-executed page"] = app =>
        {
            app.UseStatusCodePagesWithReExecute("/page");
            app.MapHealthChecks("/well", new HealthCheckOptions { ResponseWriter = (_, _) => Task.CompletedTask });
            app.MapGet("/page", () => "page");
        },
        ["middleware"] = app => app.UseHealthChecks("/well"),
        ["middleware before routing"] = app =>
        {
            app.UseHealthChecks("/well");
            app.UseRouting();
        },
        ["middleware in front of a fallback"] = app =>
        {
            app.UseHealthChecks("/well");
            app.MapFallback(() => "page");
        },
        ["middleware of a branch"] = app => app.Map("/well", branch => branch.UseHealthChecks("")),
        ["endpoint by hand"] = app => app.MapGet("/well", async (HealthCheckService checks, CancellationToken token) =>
            (await checks.CheckHealthAsync(token)).Status == HealthStatus.Healthy ? Results.Ok() : Results.StatusCode(503)),
        ["endpoint by hand under a time limit"] = app =>
        {
            app.UseRequestTimeouts();
            app.MapGet("/well", async http =>
                http.Response.StatusCode = (await http.RequestServices.GetRequiredService<HealthCheckService>().CheckHealthAsync(http.RequestAborted)).Status == HealthStatus.Healthy ? 200 : 500)
                .WithRequestTimeout(TimeSpan.FromHours(1));
        },
        ["endpoint of gRPC"] = app => app.MapPost("/grpc.health.v1.Health/Check", () => Results.StatusCode(500)),
    };

    public static MatrixTheoryData<string, HealthStatus> AllWays => new(Ways.Keys, Enum.GetValues<HealthStatus>());

    public static TheoryData<string, int> Own => new()
    {
        { "/metrics", 200 }, { "/health", 503 }, { "/health/ready", 503 }, { "/health/live", 200 },
    };

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task Request_that_asks_whether_the_host_is_well_is_not_counted(string way, HealthStatus status)
    {
        await using WebApp app = await StartAsync(app =>
        {
            Ways[way](app);
            app.MapGet("/traffic", () => "ok");
        }, status);

        await app.SendAsync(Address(way), way == "endpoint of gRPC" ? "POST" : "GET");
        await app.SendAsync("/traffic");

        app.HasCounted("http GET /traffic 200 unary 1");
    }

    [Theory]
    [MemberData(nameof(Own))]
    public async Task Own_endpoint_is_not_counted(string path, int status)
    {
        await using WebApp app = await StartAsync(
            app =>
            {
                app.MapMcpMonitoring();
                app.MapGet("/traffic", () => "ok");
            },
            HealthStatus.Unhealthy);

        HttpContext? answer = await app.SendAsync(path);

        Assert.Equal(status, answer!.Response.StatusCode);
        await app.SendAsync("/traffic");
        app.HasCounted("http GET /traffic 200 unary 1");
    }

    [Fact]
    public async Task Refused_scrape_is_not_counted()
    {
        await using WebApp app = await StartAsync(
            app =>
            {
                app.UseAuthorization();
                app.MapMcpMonitoring().RequireAuthorization();
                app.MapGet("/traffic", () => "ok");
            },
            HealthStatus.Healthy);

        await app.SendAsync("/metrics", shape: request => request.Headers.Authorization = "Bearer wrong");

        await app.SendAsync("/traffic");
        app.HasCounted("http GET /traffic 200 unary 1");
    }

    [Fact]
    public async Task Probes_have_no_series_of_errors_at_zero_and_take_no_place_under_the_cap()
    {
        const int Cap = 20;
        string[] routes = [.. Enumerable.Range(0, Cap).Select(i => $"/r{i}").Order(StringComparer.Ordinal)];
        await using WebApp app = await StartAsync(
            app =>
            {
                app.MapMcpMonitoring();
                app.MapHealthChecks("/well");
                foreach (string route in routes)
                {
                    app.MapGet(route, () => "ok");
                }
            },
            HealthStatus.Healthy,
            options => options.Prometheus.SeriesCap = Cap);

        Assert.Equal(
            [.. routes, "_unmatched"],
            app.Scrape().SelectMany(family => family.Samples)
                .Where(sample => sample.Name == "mcp_errors_total" && sample.Label("operation_type") == "http")
                .Select(sample => sample.Label("operation")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Probe_in_progress_is_not_active()
    {
        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await using WebApp app = await WebApp.StartAsync(
            app => app.UseHealthChecks("/well"),
            services => services.AddHealthChecks().AddAsyncCheck("slow", async () =>
            {
                reached.TrySetResult();
                await released.Task;
                return HealthCheckResult.Healthy();
            }));

        Task<HttpContext?> probe = app.SendAsync("/well");
        await reached.Task;
        Assert.Equal([], app.Counted());
        released.SetResult();
        await probe;

        app.HasCounted();
    }

    [Fact]
    public async Task Probe_carries_the_id_all_the_same()
    {
        await using WebApp app = await StartAsync(app => app.MapHealthChecks("/well"), HealthStatus.Healthy);

        HttpContext? answer = await app.SendAsync("/well", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Equal("ticket-7", answer!.Response.Headers[WebApp.Header]);
    }

    [Fact]
    public async Task Request_that_runs_the_checks_on_the_side_is_traffic()
    {
        await using WebApp app = await StartAsync(
            app =>
            {
                app.MapGet("/own-token", async (HealthCheckService checks) => $"{(await checks.CheckHealthAsync(CancellationToken.None)).Status}");
                app.MapGet("/operation", [MonitorMcpOperation("function", "deploy")] async (HealthCheckService checks, CancellationToken token) => $"{(await checks.CheckHealthAsync(token)).Status}");
            },
            HealthStatus.Healthy);

        await app.SendAsync("/own-token");
        await app.SendAsync("/operation");

        app.HasCounted("http GET /own-token 200 unary 1", "http GET /operation 200 unary 1", "ended function deploy success 1");
    }

    [Fact]
    public async Task Endpoint_that_is_only_named_like_one_is_traffic()
    {
        await using WebApp app = await StartAsync(app => app.MapGet("/health", () => "ok"), HealthStatus.Healthy);

        await app.SendAsync("/health");

        app.HasCounted("http GET /health 200 unary 1");
    }

    [Fact]
    public async Task Health_service_of_the_host_is_asked_as_before()
    {
        await using WebApp app = await StartAsync(app => { }, HealthStatus.Degraded);

        HealthReport report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "db", TestContext.Current.CancellationToken);

        Assert.Equal(["db"], report.Entries.Keys);
        Assert.Equal(HealthStatus.Degraded, report.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Health_service_that_the_host_made_itself_is_kept(bool isFirst)
    {
        var own = new OwnService();
        await using WebApp app = isFirst
            ? await WebApp.StartAsync(app => app.MapHealthChecks("/well"), services => services.AddSingleton<HealthCheckService>(own))
            : await WebApp.StartAsync(app => app.MapHealthChecks("/well"), services => services.AddSingleton<HealthCheckService>(_ => own));

        HttpContext? answer = await app.SendAsync("/well");

        Assert.Equal(503, answer!.Response.StatusCode);
        app.HasCounted();
    }

    private static string Address(string way) => way switch
    {
        "endpoint of a group" => "/a/well",
        "endpoint of gRPC" => "/grpc.health.v1.Health/Check",
        _ => "/well",
    };

    private static Task<WebApp> StartAsync(Action<WebApplication> map, HealthStatus status, Action<McpMonitoringOptions>? configure = null) => WebApp.StartAsync(
        map,
        services =>
        {
            Hosting.Nobody.AddTo(services);
            services.AddRequestTimeouts();
            services.AddHealthChecks().AddCheck("db", () => new HealthCheckResult(status));
        },
        configure);

    private sealed class OwnService : HealthCheckService
    {
        public override Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default) =>
            Task.FromResult(new HealthReport(new Dictionary<string, HealthReportEntry>(StringComparer.Ordinal), HealthStatus.Unhealthy, TimeSpan.Zero));
    }
}
