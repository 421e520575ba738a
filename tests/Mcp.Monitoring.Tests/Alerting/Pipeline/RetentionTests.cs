using System.Globalization;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>How much of what is over is kept, and for how long, where the options say so many days.</summary>
public class RetentionTests
{
    [Theory]
    [InlineData("alert", "1000 for 90 d", "1000 for 200 d")]
    [InlineData("alert_group", "1000 for 7 d", "1000 for 7 d")]
    [InlineData("incident", "1000 for 180 d", "1000 for 200 d")]
    [InlineData("outbox", "1000 for 7 d", "1000 for 7 d")]
    [InlineData("silence", "500 for 90 d", "500 for 200 d")]
    public void What_is_over_is_kept(string name, string kept, string keptLonger)
    {
        StateTable table = TestTables.All.Single(table => table.Name == name);

        Assert.Equal(kept, Text(table, 90));
        Assert.Equal(keptLonger, Text(table, 200));
    }

    private static string Text(StateTable table, int days) => string.Create(CultureInfo.InvariantCulture, $"{table.PastRows} for {table.Keep(days).TotalDays} d");
}
