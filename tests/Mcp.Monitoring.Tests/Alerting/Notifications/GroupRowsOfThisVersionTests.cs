using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Tests.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

public class GroupRowsOfThisVersionTests
{
    [Fact]
    public void Group_of_this_version_says_nothing_of_who_was_told()
    {
        var rows = new SavedRows();
        rows.Add(StoredGroup.Table, new StoredGroup { Id = "1c", Labels = new Dictionary<string, string>(StringComparer.Ordinal), Opened = DateTimeOffset.UnixEpoch });

        Assert.Empty(FormerNotifications.Read(rows.All, new AlertClock(TimeProvider.System)));
    }
}
