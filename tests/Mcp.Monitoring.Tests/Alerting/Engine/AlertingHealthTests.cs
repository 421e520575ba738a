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
            Channels =
            [
                Channel() with { Name = "email", LastSuccess = Now - TimeSpan.FromDays(2) },
                Channel() with { Name = "slack", Waiting = 2, OldestWaiting = Now - TimeSpan.FromMinutes(6) },
                Channel() with { IsDown = true, DownSince = Now - TimeSpan.FromHours(5), LastError = "401 Unauthorized.", LastSuccess = Now - TimeSpan.FromHours(6), Waiting = 1, OldestWaiting = Now },
            ],
        };

        HealthCheckResult result = await CheckAsync(bad);

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Equal(
            "no rule was evaluated for 61 s. the disk is full. "
            + "telegram does not work since 22:00 UTC: 401 Unauthorized; last success 21:00 UTC; 1 message waits since 03:00 UTC. "
            + "slack has sent nothing for 6 min; nothing was sent so far; 2 messages wait, the oldest since 02:54 UTC. "
            + "email works; last success 2026-11-22 03:00 UTC",
            result.Description);
    }

    [Theory]
    [InlineData(300, HealthStatus.Healthy)]
    [InlineData(301, HealthStatus.Degraded)]
    public async Task A_channel_for_which_a_message_waits_more_than_five_minutes_is_a_problem(int seconds, HealthStatus status)
    {
        AlertingHealth health = Well with { Channels = [Channel() with { Waiting = 1, OldestWaiting = Now - TimeSpan.FromSeconds(seconds) }] };

        Assert.Equal(status, (await CheckAsync(health)).Status);
    }

    [Fact]
    public async Task Each_channel_is_named_also_when_all_is_well()
    {
        Assert.Equal("telegram works; nothing was sent so far", (await CheckAsync(Well)).Description);
    }

    [Fact]
    public async Task Slow_evaluation_by_option_is_not_stale()
    {
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(Well with { SinceEvaluation = TimeSpan.FromMinutes(14), Interval = TimeSpan.FromMinutes(5) })).Status);
    }

    private static Task<HealthCheckResult> CheckAsync(AlertingHealth health) =>
        new AlertingHealthCheck(() => health).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    private static ChannelStatus Channel() => new() { Name = "telegram", MinimumSeverity = AlertSeverity.Medium };
}
