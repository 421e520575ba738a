using Mcp.Monitoring.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Tests.Hosting;

public class HealthMetricsTests
{
    [Theory]
    [InlineData(HealthStatus.Healthy, 1, 0, 0)]
    [InlineData(HealthStatus.Degraded, 0, 1, 0)]
    [InlineData(HealthStatus.Unhealthy, 0, 0, 1)]
    public async Task Status_that_a_check_has_is_one_and_the_others_are_zero(HealthStatus status, int healthy, int degraded, int unhealthy)
    {
        using var host = new TestHost();

        await PublishAsync(host, ("db", status));

        Assert.Equal(healthy, Status(host, "db", "healthy"));
        Assert.Equal(degraded, Status(host, "db", "degraded"));
        Assert.Equal(unhealthy, Status(host, "db", "unhealthy"));
    }

    [Fact]
    public async Task Status_that_a_check_has_left_goes_back_to_zero()
    {
        using var host = new TestHost();
        await PublishAsync(host, ("db", HealthStatus.Healthy), ("cache", HealthStatus.Healthy));

        await PublishAsync(host, ("db", HealthStatus.Unhealthy), ("cache", HealthStatus.Healthy));

        Assert.Equal(0, Status(host, "db", "healthy"));
        Assert.Equal(1, Status(host, "db", "unhealthy"));
        Assert.Equal(1, Status(host, "cache", "healthy"));
    }

    private static Task PublishAsync(TestHost host, params (string Name, HealthStatus Status)[] checks)
    {
        IHealthCheckPublisher publisher = Assert.Single(host.Services.GetServices<IHealthCheckPublisher>(), service => service is HealthMetrics);
        var report = new HealthReport(
            checks.ToDictionary(
                check => check.Name, check => new HealthReportEntry(check.Status, null, TimeSpan.Zero, null, null), StringComparer.Ordinal),
            TimeSpan.Zero);
        return publisher.PublishAsync(report, TestContext.Current.CancellationToken);
    }

    private static double Status(TestHost host, string check, string status) =>
        host.Sum("mcp_health_check_status", ("check", check), ("status", status));
}
