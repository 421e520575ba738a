using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Manual;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Manual;

[Collection(nameof(Alone))]
public class RaisingCostTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Raising_what_fires_already_allocates_nothing(bool isTakenUp)
    {
        var identity = new AlertIdentity("orders-mcp");
        BuiltAlerting alerting = new AlertingBuilder { Time = TimeProvider.System }.Build();
        var raised = new ManualAlerts(alerting.Clock, alerting.Inbox, identity, new DropCounts());
        AlertManager manager = alerting.Manager;

        long bytes = Allocation.Bytes(() =>
        {
            _ = manager.RaiseErrorAsync(ErrorType.Integration, "get_order", "abc-1");
            _ = manager.RaisePerformanceAsync("rows", 120, 100, "export");
            _ = manager.RaiseIntegrationAsync("1c", "get_order", "refused");
            if (isTakenUp)
            {
                raised.Tick((AlertIntake)alerting.Pipeline.Intake);
            }
        });

        Assert.Equal(0, bytes);
        Assert.Equal(isTakenUp ? 3 : 0, alerting.Pipeline.Register.Active.Count);
    }

    [Fact]
    public void Finding_an_alert_and_its_group_by_equal_labels_allocates_nothing()
    {
        var scenario = new AlertScenario("log");
        ActiveAlert alert = scenario.Fire("McpToolFailing", AlertSeverity.High, "1c", "get_order");
        var equal = new AlertLabels(alert.Labels.ToArray());
        var register = new AlertRegister(scenario.Clock, new FaultIsolation());
        register.Add(alert);
        ulong sum = 0;

        long bytes = Allocation.Bytes(() => sum += Fingerprint.Of(equal.Sorted) + register.Find(equal)!.Fingerprint);

        Assert.Equal(0, bytes);
        Assert.NotEqual(0UL, sum);
    }
}
