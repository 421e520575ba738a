using System.Net;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Tests.Hosting;

public class HealthEndpointTests
{
    [Theory]
    [InlineData("/health", HealthStatus.Healthy, 200, "healthy")]
    [InlineData("/health", HealthStatus.Degraded, 200, "degraded")]
    [InlineData("/health", HealthStatus.Unhealthy, 503, "unhealthy")]
    [InlineData("/health/ready", HealthStatus.Healthy, 200, "healthy")]
    [InlineData("/health/ready", HealthStatus.Degraded, 200, "degraded")]
    [InlineData("/health/ready", HealthStatus.Unhealthy, 503, "unhealthy")]
    public async Task Worst_check_decides_the_answer(string path, HealthStatus worst, int code, string status)
    {
        await using App app = await WithChecks(("cache", HealthStatus.Healthy), ("db", worst));

        (int answered, string body) = await app.GetAsync(path);

        using var json = JsonDocument.Parse(body);
        Assert.Equal(code, answered);
        Assert.Equal(status, json.RootElement.GetProperty("status").GetString());
        JsonElement checks = json.RootElement.GetProperty("checks");
        Assert.Equal("healthy", checks.GetProperty("cache").GetProperty("status").GetString());
        Assert.Equal(status, checks.GetProperty("db").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Answer_holds_status_and_duration_and_nothing_else()
    {
        await using App app = await WithChecks(("db", HealthStatus.Unhealthy));

        (_, string body) = await app.GetAsync("/health");

        using var json = JsonDocument.Parse(body);
        Assert.Equal("status,duration_ms,checks", Names(json.RootElement));
        JsonElement check = json.RootElement.GetProperty("checks").GetProperty("db");
        Assert.Equal("status,duration_ms", Names(check));
        Assert.True(check.GetProperty("duration_ms").GetDouble() >= 0);
        Assert.True(json.RootElement.GetProperty("duration_ms").GetDouble() >= 0);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_that_throws_is_unhealthy_without_its_text()
    {
        await using App app = await App.StartAsync(services: services => services.AddHealthChecks()
            .AddCheck("db", () => throw new InvalidOperationException("secret")));

        (int code, string body) = await app.GetAsync("/health");

        Assert.Equal(503, code);
        Assert.Contains("\"db\":{\"status\":\"unhealthy\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_without_checks_has_that_of_the_alerts_and_is_healthy()
    {
        await using App app = await App.StartAsync();

        (int code, string body) = await app.GetAsync("/health");

        Assert.Equal(200, code);
        Assert.StartsWith("{\"status\":\"healthy\"", body, StringComparison.Ordinal);
        Assert.Contains("\"checks\":{\"alerting\":{\"status\":\"healthy\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_without_alerts_has_no_check_of_them()
    {
        await using App app = await App.StartAsync(options => options.Alerts.Enabled = false);

        (int code, string body) = await app.GetAsync("/health");

        Assert.Equal(200, code);
        Assert.EndsWith("\"checks\":{}}", body, StringComparison.Ordinal);
        Assert.Same(NoAlertManager.Instance, app.Services.GetRequiredService<IAlertManager>());
    }

    [Theory]
    [InlineData("/health", 1)]
    [InlineData("/health/ready", 1)]
    [InlineData("/health/live", 0)]
    public async Task Liveness_runs_no_check_and_the_others_run_each_once(string path, int runs)
    {
        int ran = 0;
        await using App app = await App.StartAsync(services: services => services.AddHealthChecks().AddCheck("db", () =>
        {
            ran++;
            return HealthCheckResult.Unhealthy();
        }));

        (int code, _) = await app.GetAsync(path);

        Assert.Equal(runs, ran);
        Assert.Equal(runs == 0 ? 200 : 503, code);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task Answer_is_JSON_that_nobody_keeps(string path)
    {
        await using App app = await App.StartAsync();

        using HttpResponseMessage response = await app.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Head_has_the_status_and_no_body()
    {
        await using App app = await WithChecks(("db", HealthStatus.Unhealthy));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/health");

        using HttpResponseMessage response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Name_of_a_check_is_escaped()
    {
        await using App app = await WithChecks(("a\"b\n<script>", HealthStatus.Healthy));

        (_, string body) = await app.GetAsync("/health");

        using var json = JsonDocument.Parse(body);
        Assert.Equal("a\"b\n<script>,alerting", Names(json.RootElement.GetProperty("checks")));
        Assert.DoesNotContain("<script>", body, StringComparison.Ordinal);
    }

    private static string Names(JsonElement element) => string.Join(',', element.EnumerateObject().Select(property => property.Name));

    private static Task<App> WithChecks(params (string Name, HealthStatus Status)[] checks) => App.StartAsync(services: services =>
    {
        IHealthChecksBuilder builder = services.AddHealthChecks();
        foreach ((string name, HealthStatus status) in checks)
        {
            builder.AddCheck(name, () => new HealthCheckResult(
                status, "secret description", new InvalidOperationException("secret text"), new Dictionary<string, object>(StringComparer.Ordinal) { ["secret"] = "secret" }));
        }
    });
}
