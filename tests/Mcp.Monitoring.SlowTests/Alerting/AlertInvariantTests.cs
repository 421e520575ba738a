using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting;

/// <summary>Whatever happens in whatever order: who was told of a beginning is told of one end, and nobody is told of an end alone.</summary>
public class AlertInvariantTests
{
    private const int Steps = 150;

    private static readonly string[] Channels = ["telegram", "slack", "email", "log"];
    private static readonly (string Rule, string? Dependency, string? Operation)[] Alerts =
    [
        ("McpIntegrationDown", "1c", null), ("McpIntegrationErrors", "1c", null), ("McpToolFailing", "1c", "get_order"), ("McpToolFailing", null, "get_weather"),
        ("McpErrorRatioHigh", null, null), ("McpAvailabilityBurn", null, null), ("McpCircuitBreakerOpen", "crm", null), ("McpUserRule", "crm", null),
    ];

    public static IEnumerable<TheoryDataRow<int>> Seeds() => SeedRows.Of(40);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whoever_is_told_that_something_fires_is_told_once_that_it_is_over(int seed)
    {
        var random = new Random(seed);
        var scenario = new AlertScenario(Channels);
        Dictionary<int, ActiveAlert> firing = [];

        for (int step = 0; step < Steps; step++)
        {
            scenario.Pass(TimeSpan.FromSeconds(random.Next(1, 600)));
            Do(scenario, random, firing);
            AtMostOneOpenIncidentOfAKey(scenario);
        }

        foreach (ActiveAlert alert in firing.Values)
        {
            scenario.Resolve(alert);
        }

        foreach (string channel in Channels)
        {
            scenario.BringUp(channel);
        }

        scenario.Pass(TimeSpan.FromHours(30));
        Assert.All(scenario.Manager.ListIncidents(), incident => Assert.Equal(IncidentState.Resolved, incident.State));
        EveryGroupEndsOnce(scenario);
    }

    private static void Do(AlertScenario scenario, Random random, Dictionary<int, ActiveAlert> firing)
    {
        int which = random.Next(Alerts.Length);
        string channel = Channels[random.Next(Channels.Length)];
        switch (random.Next(13))
        {
            case 0 or 1 or 2 or 3 when !firing.ContainsKey(which):
                (string rule, string? dependency, string? operation) = Alerts[which];
                firing[which] = scenario.Fire(rule, (AlertSeverity)random.Next(4), dependency, operation);
                break;
            case 4 or 5 or 6 when firing.Remove(which, out ActiveAlert? over):
                scenario.Resolve(over);
                break;
            case 7 when firing.TryGetValue(which, out ActiveAlert? worse):
                scenario.Worsen(worse, AlertSeverity.Critical);
                break;
            case 8:
                scenario.Silence($"alertname=\"{Alerts[which].Rule}\"", TimeSpan.FromMinutes(random.Next(1, 60)));
                break;
            case 9:
                scenario.TakeDown(channel);
                break;
            case 10:
                scenario.BringUp(channel);
                break;
            case 11 when scenario.Manager.ListIncidents(state: IncidentState.Triggered) is [{ } incident, ..]:
                _ = random.Next(2) == 0
                    ? scenario.Done(scenario.Manager.AcknowledgeAsync(incident.Number, "anna"))
                    : scenario.Done(scenario.Manager.ResolveIncidentAsync(incident.Number, "anna"));
                break;
            case 12:
                scenario.Restart(TimeSpan.FromSeconds(random.Next(300)));
                foreach (int key in firing.Keys.ToArray())
                {
                    firing[key] = scenario.Pipeline.RestoredOfRules.Single(alert => alert.Labels.Equals(firing[key].Labels));
                }

                break;
        }
    }

    private static bool IsDigest(ToldMessage other, ToldMessage told) => other.Channel == told.Channel && other.Notification.Kind == NotificationKind.Digest;

    private static bool IsTheBeginningElsewhere(ToldMessage other, ToldMessage told) =>
        other.Notification.Group == told.Notification.Group && other.Notification.EndedAt is null && told.Notification.Text.Contains("(instead of ", StringComparison.Ordinal);

    private static void AtMostOneOpenIncidentOfAKey(AlertScenario scenario) =>
        Assert.All(
            scenario.Manager.ListIncidents().Where(incident => incident.State != IncidentState.Resolved).CountBy(incident => incident.Key),
            key => Assert.Equal(1, key.Value));

    // What a digest has told to go on has its end alone, and so has what another channel has told that is down since.
    private static void EveryGroupEndsOnce(AlertScenario scenario)
    {
        foreach (var thread in scenario.Delivered.GroupBy(told => (told.Channel, told.Notification.Group)))
        {
            if (thread.First().Notification.Kind == NotificationKind.Digest)
            {
                continue;
            }

            bool isTold = false;
            foreach (ToldMessage told in thread)
            {
                AlertNotification notification = told.Notification;
                bool isEnd = notification.EndedAt is not null;
                bool isCovered = scenario.Delivered.Exists(other => other.At <= told.At && (IsDigest(other, told) || IsTheBeginningElsewhere(other, told)));
                Assert.True(isTold || !isEnd || isCovered, string.Create(CultureInfo.InvariantCulture, $"{thread.Key}: an end without a beginning: {notification.Text}"));
                isTold = !isEnd;
            }

            Assert.False(isTold, $"{thread.Key}: a beginning without an end: {thread.Last().Notification.Text}");
        }
    }
}
