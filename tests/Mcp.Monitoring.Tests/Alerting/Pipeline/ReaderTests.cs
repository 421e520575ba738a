using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>When readers see what has changed.</summary>
public class ReaderTests
{
    [Fact]
    public void A_change_is_seen_at_most_a_second_after_the_one_before()
    {
        var scenario = new AlertScenario("log");
        scenario.At("05:00").Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");
        Assert.Single(scenario.Manager.List());
        scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "get_stock");
        Assert.Single(scenario.Manager.List());

        scenario.Pass(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Single(scenario.Manager.List());
        scenario.Pass(TimeSpan.FromTicks(1));

        Assert.Equal(2, scenario.Manager.List().Count);
    }

    [Fact]
    public void What_somebody_has_asked_for_is_seen_at_once()
    {
        var scenario = new AlertScenario("log");
        scenario.At("05:00").Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");

        Silence silence = scenario.Silence("operation=\"get_stock\"", TimeSpan.FromHours(1));

        Assert.Equal(silence.Id, Assert.Single(scenario.Manager.ListSilences()).Id);
    }

    [Fact]
    public void A_value_that_moves_is_seen_every_fifteen_seconds()
    {
        var scenario = new AlertScenario("log");
        ActiveAlert alert = scenario.Make("McpSlowOperations", AlertSeverity.Medium, operation: "get_order");
        alert.Value = 1;
        scenario.At("10:00").Fire(alert);
        scenario.At("10:14");
        alert.Value = 2;
        scenario.Step();
        Assert.Equal(1, scenario.Manager.List().Single().Value);

        scenario.At("10:15");
        scenario.Step();

        Assert.Equal(2, scenario.Manager.List().Single().Value);
    }

    [Fact]
    public void One_alert_that_is_dropped_is_told_of()
    {
        var scenario = new AlertScenario(new AlertOptions { Storm = { MaxAlerts = 100 } }, "log");
        for (int i = 0; i <= 100; i++)
        {
            _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, $"operation_{i}");
        }

        scenario.At("00:02");

        Assert.Equal("1 alert was dropped because too many are active", scenario.Manager.List().Single(alert => alert.Name == "McpAlertInstancesTruncated").Summary);
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Code_may_raise_as_many_alerts_as_the_limit_says(int active, bool isTaken)
    {
        var scenario = new AlertScenario(new AlertOptions { Storm = { MaxAlerts = 100 } }, "log");
        for (int i = 0; i < active; i++)
        {
            _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, $"operation_{i}");
        }

        scenario.Step();
        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "one_more");
        scenario.At("00:02");

        Assert.Equal(isTaken ? 0 : 1, scenario.Drops.Total);
    }
}
