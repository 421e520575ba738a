using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

public class AlertingHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private static readonly AlertingHealth Well = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15), StoreProblem: null, [Channel()], Now);

    [Fact]
    public async Task All_is_well_at_the_start_and_while_rules_are_evaluated()
    {
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(Well)).Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(Well with { SinceEvaluation = TimeSpan.FromMinutes(1) })).Status);
    }

    [Fact]
    public async Task Worst_of_all_is_degraded_and_names_each_problem()
    {
        AlertingHealth bad = Well with
        {
            SinceEvaluation = TimeSpan.FromSeconds(61),
            StoreProblem = "the disk is full",
            Channels = [Channel() with { IsDown = true }, Channel() with { Name = "slack", OldestWaiting = Now - TimeSpan.FromMinutes(6) }],
        };

        HealthCheckResult result = await CheckAsync(bad);

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Equal("no rule was evaluated for 61 s; the disk is full; channel telegram is down; channel slack has not sent for 6 min", result.Description);
    }

    [Fact]
    public async Task Slow_evaluation_by_option_is_not_stale()
    {
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(Well with { SinceEvaluation = TimeSpan.FromMinutes(14), Interval = TimeSpan.FromMinutes(5) })).Status);
    }

    private static Task<HealthCheckResult> CheckAsync(AlertingHealth health) =>
        new AlertingHealthCheck(() => health).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    private static ChannelStatus Channel() => new() { Name = "telegram", MinimumSeverity = AlertSeverity.Medium, OldestWaiting = Now - TimeSpan.FromMinutes(5) };
}
