using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

[Collection(nameof(Alone))]
public class StormTests
{
    [Fact]
    public void More_groups_than_a_minute_may_have_are_one_digest_with_their_number()
    {
        var scenario = new AlertScenario("telegram");
        List<ActiveAlert> alerts = [];
        for (int tool = 0; tool < 100; tool++)
        {
            alerts.Add(scenario.Fire("McpToolFailing", AlertSeverity.High, operation: $"tool_{tool}"));
        }

        scenario.At("10:00");
        Assert.Equal(20, scenario.Told("telegram").Count(line => line.Contains("First", StringComparison.Ordinal)));
        Assert.Equal("00:01:30 Digest high 80 alerts began (80 high)", scenario.Told("telegram")[^1]);
        alerts.ForEach(alert => scenario.Resolve(alert));
        scenario.At("1:30:00");

        Assert.Equal(20, scenario.Told("telegram").Count(line => line.Contains("Resolved", StringComparison.Ordinal)));
        Assert.Equal("Digest low 80 alerts are over", scenario.Told("telegram")[^1][9..]);
        Assert.Equal(42, scenario.Delivered.Count);
    }

    [Fact]
    public void A_channel_gets_no_more_than_its_share_of_an_hour_and_nothing_is_lost()
    {
        var scenario = new AlertScenario("telegram");
        int begun = 0;
        for (int minute = 0; minute < 70; minute++)
        {
            scenario.At($"{minute / 60}:{minute % 60:00}:00");
            for (int i = 0; i < 3; i++)
            {
                scenario.Fire("McpToolFailing", AlertSeverity.High, operation: $"tool_{begun++}");
            }
        }

        scenario.At("2:10:00");

        DateTimeOffset[] times = [.. scenario.Delivered.Select(sent => sent.At)];
        Assert.All(times, time => Assert.InRange(times.Count(other => other > time - TimeSpan.FromHours(1) && other <= time), 1, 60));
        Assert.Equal(begun, Counted(scenario, NotificationKind.First) + scenario.Delivered.Sum(sent => sent.Notification.Kind == NotificationKind.Digest ? sent.Notification.AlertCount : 0));
    }

    [Fact]
    public void A_hundred_thousand_raises_a_minute_are_bounded_counted_and_all_told_to_be_over()
    {
        const int Unique = 2_000, Raises = 100_000, Minutes = 5;
        var scenario = new AlertScenario("telegram", "slack") { KeepsRows = false };
        int raised = 0;
        int before = ReachableObjects.Count(scenario);
        for (int minute = 0; minute < Minutes; minute++)
        {
            for (int second = 0; second < 60; second++)
            {
                scenario.At($"{minute:00}:{second:00}");
                for (int i = 0; i < Raises / 60; i++)
                {
                    _ = scenario.Manager.RaiseErrorAsync(ErrorType.Integration, Operations[raised++ % Unique]);
                }

                scenario.Step();
            }
        }

        int grown = ReachableObjects.Count(scenario) - before;
        Assert.Equal(0, scenario.Drops.Total);
        Assert.Equal(Unique, scenario.Manager.List(AlertSeverity.Critical, AlertState.Firing).Count);
        Assert.InRange(grown, Unique, Raises * Minutes / 2);
        scenario.At("3:00:00");

        Assert.Empty(scenario.Manager.List(state: AlertState.Firing));
        foreach (string channel in (string[])["telegram", "slack"])
        {
            AlertNotification[] digests = [.. Of(scenario, channel).Where(sent => sent.Kind == NotificationKind.Digest)];
            int begun = Of(scenario, channel).Count(sent => sent.Kind == NotificationKind.First) + digests.Sum(digest => Number(digest.Summary, " began"));
            int over = Of(scenario, channel).Count(sent => sent.Kind == NotificationKind.Resolved) + digests.Sum(digest => Number(digest.Summary, " are over"));
            Assert.Equal((Unique, Unique), (begun, over));
        }
    }

    [Fact]
    public void Alerts_beyond_the_limit_are_dropped_counted_and_told()
    {
        var scenario = new AlertScenario(new AlertOptions { Storm = { MaxAlerts = 100, QueueLength = 200 } }, "telegram");
        for (int i = 0; i < 300; i++)
        {
            _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, Operations[i]);
        }

        scenario.Step();
        for (int i = 0; i < 50; i++)
        {
            _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, Operations[i]);
        }

        scenario.At("00:02");

        // 100 did not fit into the queue, 100 more are beyond what may be active; what fires already is no new alert.
        Assert.Equal(200, scenario.Drops.Total);
        Assert.Equal(200, scenario.Manager.Statistics.Dropped);
        Alert truncated = scenario.Manager.List(state: AlertState.Firing).Single(alert => alert.Name == "McpAlertInstancesTruncated");
        Assert.Equal("100 alerts were dropped because too many are active", truncated.Summary);
        Assert.Equal(101, scenario.Manager.List(state: AlertState.Firing).Count);
    }

    [Fact]
    public void What_a_rule_finds_comes_in_however_much_is_raised()
    {
        var scenario = new AlertScenario(new AlertOptions { Storm = { MaxAlerts = 100 } }, "telegram");
        for (int i = 0; i < 200; i++)
        {
            _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, Operations[i]);
        }

        scenario.At("02:00");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("02:05");

        Assert.Equal("00:02:05 First critical McpIntegrationDown", scenario.Told("telegram")[^1]);
    }

    [Fact]
    public void What_fires_already_is_never_dropped_for_something_new()
    {
        var scenario = new AlertScenario(new AlertOptions { Storm = { QueueLength = 100 } }, "telegram");
        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "known");
        scenario.Step();
        scenario.At("14:00");
        for (int i = 0; i < 500; i++)
        {
            _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, Operations[i]);
        }

        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "known");
        scenario.At("28:00");

        Assert.Equal(400, scenario.Drops.Total);
        Assert.Contains(scenario.Manager.List(state: AlertState.Firing), alert => alert.Labels["operation"] == "known");
    }

    private static string[] Operations { get; } = [.. Enumerable.Range(0, 2_000).Select(i => $"operation_{i}")];

    private static int Counted(AlertScenario scenario, NotificationKind kind) => scenario.Delivered.Count(sent => sent.Notification.Kind == kind);

    private static IEnumerable<AlertNotification> Of(AlertScenario scenario, string channel) =>
        scenario.Delivered.Where(sent => sent.Channel == channel).Select(sent => sent.Notification);

    private static int Number(string summary, string word)
    {
        int end = summary.IndexOf(word, StringComparison.Ordinal);
        return end < 0 ? 0 : int.Parse(summary[..end].Split(' ')[^2], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
    }
}
