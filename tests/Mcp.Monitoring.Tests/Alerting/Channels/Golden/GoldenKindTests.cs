using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Alerting.Texts;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Golden;

/// <summary>One message of each kind, as each channel sends it, in both languages. With MCP_WRITE_GOLDEN=1 the files are written anew, to be read.</summary>
public class GoldenKindTests
{
    private static readonly DateTimeOffset Night = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(GoldenMessages.All), MemberType = typeof(GoldenMessages))]
    public void Each_kind_of_message_is_sent_as_it_was_read(string format, AlertLanguage language)
    {
        AlertNotification test = TestMessage.Of(new AlertIdentity("orders-mcp", "1.4.2"), AlertTexts.In(language), Night);
        (string Story, AlertNotification Message)[] messages =
        [
            .. new MessageStories(language).Messages().DistinctBy(static told => told.Message.Kind),
            ("test", test),
            ("daily report", Report(AlertTexts.In(language))),
        ];

        GoldenMessages.Check("kinds", format, language, messages);
        Assert.Equal(Enum.GetValues<NotificationKind>(), messages.Select(static told => told.Message.Kind).Order());
    }

    private static AlertNotification Report(AlertTexts texts)
    {
        var report = new ReportContent
        {
            Calls = 10_421,
            Failed = 21,
            P95 = 0.21,
            Alerts = new Dictionary<AlertSeverity, int> { [AlertSeverity.Critical] = 1, [AlertSeverity.Medium] = 2 },
            Firing = new Dictionary<AlertSeverity, int> { [AlertSeverity.Medium] = 1 },
            Budgets = [("availability", 0.83)],
        };
        return new MessageComposer(new AlertClock(new ManualTimeProvider()), new AlertIdentity("orders-mcp", "1.4.2"), new FaultIsolation(static _ => { }))
            .Report("report", report, new MessageSettings(TimeZoneInfo.Utc, texts));
    }
}
