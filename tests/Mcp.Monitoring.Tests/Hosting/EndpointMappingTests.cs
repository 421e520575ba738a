using System.Net;
using Mcp.Monitoring.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Hosting;

public class EndpointMappingTests
{
    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task One_call_maps_every_endpoint(string path)
    {
        await using App app = await App.StartAsync();

        Assert.Equal(200, (await app.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/monitoring/artifacts")]
    [InlineData("/monitoring/artifacts/alerts/RUNBOOKS.md")]
    public async Task Endpoints_only_read(string path)
    {
        await using App app = await App.StartAsync();

        using HttpResponseMessage response = await app.Client.PostAsync(new Uri(path, UriKind.Relative), content: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Metrics_are_not_found_when_they_are_off_and_health_is()
    {
        await using App app = await App.StartAsync(options => options.Prometheus.Enabled = false);

        Assert.Equal(404, (await app.GetAsync("/metrics")).Status);
        Assert.Equal(200, (await app.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Convention_on_all_applies_to_all()
    {
        await using App app = await App.StartAsync(services: Nobody.AddTo, map: app => app.MapMcpMonitoring().RequireAuthorization());

        Assert.Equal(401, (await app.GetAsync("/metrics")).Status);
        Assert.Equal(401, (await app.GetAsync("/health")).Status);
        Assert.Equal(401, (await app.GetAsync("/health/live")).Status);
        Assert.Equal(401, (await app.GetAsync("/monitoring/artifacts")).Status);
        Assert.Equal(401, (await app.GetAsync("/monitoring/artifacts/alerts/RUNBOOKS.md")).Status);
    }

    [Fact]
    public async Task Convention_on_the_metrics_leaves_health_alone()
    {
        await using App app = await App.StartAsync(services: Nobody.AddTo, map: app => app.MapMcpMonitoring().Metrics.RequireAuthorization());

        Assert.Equal(401, (await app.GetAsync("/metrics")).Status);
        Assert.Equal(200, (await app.GetAsync("/health")).Status);
        Assert.Equal(200, (await app.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Convention_on_health_leaves_the_metrics_alone()
    {
        await using App app = await App.StartAsync(services: Nobody.AddTo, map: app => app.MapMcpMonitoring().Health.RequireAuthorization());

        Assert.Equal(200, (await app.GetAsync("/metrics")).Status);
        Assert.Equal(401, (await app.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Conventions_run_last_when_they_are_said_to()
    {
        var names = new List<string?>();
        await using App app = await App.StartAsync(map: app => app.MapMcpMonitoring().Finally(endpoint => names.Add(endpoint.DisplayName)));

        await app.GetAsync("/metrics");

        string[] mapped = [.. names.OfType<string>().Distinct(StringComparer.Ordinal)];
        Assert.Equal(6, mapped.Count(name => !name.Contains(" /monitoring", StringComparison.Ordinal) || name.Contains("/artifacts", StringComparison.Ordinal)));
        Assert.Contains("Mcp.Monitoring /monitoring", mapped, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Own_health_of_the_host_wins_with_one_warning(bool ownFirst)
    {
        await using App app = await App.StartAsync(map: app =>
        {
            if (!ownFirst)
            {
                app.MapMcpMonitoring();
            }

            app.MapGet("/health", () => "own");
            if (ownFirst)
            {
                app.MapMcpMonitoring();
            }
        });

        Assert.Equal((200, "own"), await app.GetAsync("/health"));
        Assert.Equal(200, (await app.GetAsync("/health/live")).Status);
        LogEntry warning = Assert.Single(app.Logs.Of("EndpointShadowed"));
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains(" /health ", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catch_all_of_the_host_that_hides_the_endpoints_is_warned_of()
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapMcpMonitoring();
            app.Map("/{**path}", () => "proxied");
        });

        Assert.Equal((200, "proxied"), await app.GetAsync("/metrics"));
        Assert.Contains(app.Logs.Of("EndpointShadowed"), entry => entry.Message.Contains(" /metrics ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Route_whose_constraint_lets_ours_pass_hides_nothing()
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapMcpMonitoring();
            app.MapGet("/{id:int}", () => "own");
        });

        Assert.StartsWith("# HELP", (await app.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        Assert.Empty(app.Logs.Of("EndpointShadowed"));
    }

    [Fact]
    public async Task Own_route_beside_a_group_of_monitoring_hides_nothing()
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapGroup("/monitor").MapMcpMonitoring();
            app.MapGet("/health", () => "own");
        });

        Assert.Equal(200, (await app.GetAsync("/monitor/health")).Status);
        Assert.Empty(app.Logs.Of("EndpointShadowed"));
    }

    [Fact]
    public async Task Fallback_of_the_host_hides_nothing()
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapMcpMonitoring();
            app.MapFallback(() => "page");
        });

        Assert.StartsWith("# HELP", (await app.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        Assert.Empty(app.Logs.Of("EndpointShadowed"));
    }

    [Fact]
    public async Task Endpoint_of_the_host_for_another_method_hides_nothing()
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapMcpMonitoring();
            app.MapPost("/health", () => "posted");
        });

        Assert.StartsWith("{", (await app.GetAsync("/health")).Body, StringComparison.Ordinal);
        Assert.Empty(app.Logs.Of("EndpointShadowed"));
    }

    [Fact]
    public async Task Host_without_endpoints_of_its_own_is_warned_of_nothing()
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapMcpMonitoring();
            app.MapGet("/healthy", () => "");
        });

        Assert.Empty(app.Logs.Of("EndpointShadowed"));
    }

    [Theory]
    [InlineData("/monitor/metrics", 200)]
    [InlineData("/monitor/health/live", 200)]
    [InlineData("/metrics", 404)]
    public async Task Group_gives_its_prefix(string path, int status)
    {
        await using App app = await App.StartAsync(map: app => app.MapGroup("/monitor").MapMcpMonitoring());

        Assert.Equal(status, (await app.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/base/metrics")]
    [InlineData("/base/health/ready")]
    [InlineData("/metrics")]
    public async Task Base_path_is_taken_off(string path)
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.UsePathBase("/base");
            app.UseRouting();
            app.MapMcpMonitoring();
        });

        Assert.Equal(200, (await app.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Application_without_monitoring_is_told_what_to_call()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        await using WebApplication app = builder.Build();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => app.MapMcpMonitoring());

        Assert.Contains("services.AddMcpMonitoring()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_setting_is_named_already_when_mapping()
    {
        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => App.StartAsync(options => options.Prometheus.MetricsPrefix = "1"));

        Assert.Contains("McpMonitoring:Prometheus:MetricsPrefix", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hosts_have_metrics_of_their_own()
    {
        await using App one = await App.StartAsync();
        await using App two = await App.StartAsync();

        one.Registry.Counter(new MetricDefinition("mcp_test_total", MetricKind.Counter, "A test.")).With().Increment();

        Assert.Contains("mcp_test_total{mcp_service=\"weather\"} 1\n", (await one.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("mcp_test_total", (await two.GetAsync("/metrics")).Body, StringComparison.Ordinal);
    }
}
