using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>What the daily report says, and who gets it.</summary>
public class DailyReportNightTests
{
    private static readonly string[] Everybody = ["telegram", "slack", "email"];

    [Theory]
    [InlineData(AlertLanguage.En,
        "09:00:00 (silent) 🟢 Daily report: all is well · orders-mcp — 3,601 calls in 24 h, none failed, p95 48.5 ms in the last hour. No alert in 24 h. Error budget of availability: 100 % left. Error budget of latency_p95: 100 % left. Error budget of latency_p99: 100 % left. v1.4.2, up 1 h.")]
    [InlineData(AlertLanguage.Ru,
        "09:00:00 (silent) 🟢 Ежедневный отчёт: всё в порядке · orders-mcp — 3\u00A0601 вызов за 24 ч без ошибок, p95 48,5 мс за последний час. Алертов за 24 ч не было. Бюджет ошибок availability: осталось 100 %. Бюджет ошибок latency_p95: осталось 100 %. Бюджет ошибок latency_p99: осталось 100 %. v1.4.2, работает 1 ч.")]
    public void That_all_is_well_is_said_to_the_first_channel_without_a_sound(AlertLanguage language, string said)
    {
        using Night night = Begin(options => options.Language = language);
        night.Hours(2, Night.Evenly(3_600, _ => night.Call("get_order")));

        Assert.Equal([said], night.Told("telegram"));
        Assert.Empty(night.Told("slack"));
        Assert.Empty(night.Told("email"));
        Assert.Equal((NotificationKind.Report, AlertSeverity.Low), (night.Channels["telegram"].Delivered[0].Kind, night.Channels["telegram"].Delivered[0].Severity));
    }

    [Theory]
    [InlineData(AlertLanguage.En)]
    [InlineData(AlertLanguage.Ru)]
    public void What_is_open_is_named(AlertLanguage language)
    {
        using Night night = Begin(options =>
        {
            options.Language = language;
            options.DailyReportChannels = ["slack"];
        });
        night.Run(TimeSpan.FromMinutes(30), Night.Evenly(600, _ => night.Call("get_order")));
        night.Channels["email"].Health = () => DeliveryResult.Permanent("no such server");
        night.Run(TimeSpan.FromMinutes(25), Night.Evenly(600, _ =>
        {
            night.Integration("1c", "error", 0.1);
            night.Fail("get_order", "integration", "1c");
        }));
        _ = night.Alerts.AcknowledgeAsync(1, "anna");
        night.Run(TimeSpan.FromMinutes(10));

        string report = Assert.Single(night.Channels["slack"].Delivered, message => message.Kind == NotificationKind.Report).Text;
        string[] said = language == AlertLanguage.En
            ? ["🔴 Daily report: ", " not well · orders-mcp — 550 calls in 24 h, 250 failed (45.5 %)", "Firing now: 1 critical", "Incident 1 is open since 08:", "acknowledged by anna: 1c down, critical.", "Channel email does not work.", "Error budget of availability: spent."]
            : ["🔴 Ежедневный отчёт: ", " · orders-mcp — 550 вызовов за 24 ч, неудачных 250 (45,5 %)", "Сейчас активны: ", "Инцидент 1 открыт с 08:", "принят (anna): ", "Канал email не работает.", "Бюджет ошибок availability: исчерпан."];
        Assert.All(said, part => Assert.Contains(part, report, StringComparison.Ordinal));
        Assert.DoesNotContain(night.Channels["telegram"].Delivered, message => message.Kind == NotificationKind.Report);
    }

    [Fact]
    public void A_night_without_calls_is_reported_too()
    {
        using Night night = Begin(static _ => { });
        night.Hours(2);

        Assert.StartsWith("09:00:00 (silent) 🟢 Daily report: all is well · orders-mcp — no calls in 24 h. No alert in 24 h.", Assert.Single(night.Told("telegram")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_nobody_else_the_log_gets_it()
    {
        using var night = new Night(8, "1.4.2", store: null, options => options.DailyReport = "09:00", "log");
        night.Hours(2);

        Assert.Single(night.Told("log"));
    }

    [Fact]
    public void Without_the_setting_there_is_none()
    {
        using var night = new Night(begin: 8, channels: Everybody);
        night.Hours(30);

        Assert.Empty(night.ToldOnce);
    }

    [Fact]
    public void After_a_restart_it_is_not_told_again()
    {
        var rows = new SavedRows();
        using (var night = new Night(8, "1.4.2", new RowStore(rows), options => options.DailyReport = "09:00", "telegram"))
        {
            night.Hours(1.5);
            Assert.Single(night.Told("telegram"));
        }

        using var next = new Night(9.6, "1.4.2", new RowStore(rows), options => options.DailyReport = "09:00", "telegram");
        next.Hours(2);

        Assert.Empty(next.Told("telegram"));
    }

    private static Night Begin(Action<AlertOptions> configure) => new(
        8,
        "1.4.2",
        store: null,
        options =>
        {
            options.DailyReport = "09:00";
            configure(options);
        },
        Everybody);
}
