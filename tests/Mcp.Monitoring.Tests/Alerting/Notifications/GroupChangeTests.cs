using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

public class GroupChangeTests
{
    private static readonly GroupChange Fall = new(NotificationKind.Update) { HasFallen = true };
    private static readonly GroupChange Stop = new(NotificationKind.Update) { StoppedAt = TimeSpan.Zero };

    [Fact]
    public void That_something_is_no_longer_critical_or_has_stopped_is_a_relief()
    {
        Assert.True(Fall.IsRelief);
        Assert.True(Stop.IsRelief);
        Assert.True((Fall with { Begun = [Alert()] }).IsRelief);
    }

    [Fact]
    public void It_is_none_if_something_else_is_worse_begins_or_goes_on_again()
    {
        Assert.All(
            [
                new GroupChange(NotificationKind.Update),
                Stop with { Begun = [Alert()] },
                Fall with { IsMuchWorse = true },
                Stop with { IsMuchWorse = true },
                Fall with { HasResumed = true },
                new GroupChange(NotificationKind.First) { StoppedAt = TimeSpan.Zero },
                new GroupChange(NotificationKind.Escalation) { HasFallen = true },
            ],
            change => Assert.False(change.IsRelief));
    }

    private static ActiveAlert Alert() => new("a", new AlertLabels([new("alertname", "a")]));
}
