using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Raising;

namespace Mcp.Monitoring.Tests.Alerting.Raising;

[Collection(nameof(Alone))]
public class RaisingCostTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Raising_what_fires_already_allocates_nothing(bool isTakenUp)
    {
        var identity = new AlertIdentity("orders-mcp");
        var drops = new DropCounts();
        var clock = new AlertClock(TimeProvider.System);
        var inbox = new ManualAlertQueue(clock, length: 100, drops);
        var parts = new AlertParts(clock, new ScriptedOutbox(TimeProvider.System) { Save = _ => { } }, identity, new AlertSettings(new AlertOptions()));
        var intake = new AlertIntake(parts);
        var raised = new ManualAlerts(clock, inbox, identity, drops);
        var manager = new AlertManager(clock, identity, inbox, new Mcp.Monitoring.Alerting.Commands.CommandQueue(), () => AlertSnapshot.Empty);

        long bytes = Allocation.Bytes(() =>
        {
            _ = manager.RaiseErrorAsync(ErrorType.Integration, "get_order", "abc-1");
            _ = manager.RaisePerformanceAsync("rows", 120, 100, "export");
            _ = manager.RaiseIntegrationAsync("1c", "get_order", "refused");
            if (isTakenUp)
            {
                raised.Advance(intake);
            }
        });

        Assert.Equal(0, bytes);
        Assert.Equal(isTakenUp ? 3 : 0, parts.Register.Active.Count);
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
