namespace Mcp.Monitoring.Tests.Configuration;

public class AlertRulesTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Channels_of_alerts_that_are_off_need_not_be_right(bool enabled, int faults)
    {
        Assert.Equal(faults, OptionsRules.Check(options =>
        {
            options.Alerts.Enabled = enabled;
            options.Alerts.Channels.Slack.WebhookUrl = "nowhere";
        }).Length);
    }

    [Fact]
    public void Three_channels_report_their_faults_together()
    {
        string[] faults = OptionsRules.Check(options =>
        {
            options.Alerts.RetentionDays = 0;
            options.Alerts.Channels.Email.FromEmail = "alerts@company.com";
            options.Alerts.Channels.Slack.Enabled = true;
            options.Alerts.Channels.Telegram.ChatId = "1";
        });

        Assert.Equal(
            ["RetentionDays", "Channels:Email:SmtpServer", "Channels:Email:ToEmails", "Channels:Slack:WebhookUrl", "Channels:Telegram:BotToken"],
            faults.Select(fault => fault["McpMonitoring:Alerts:".Length..fault.IndexOf(' ', StringComparison.Ordinal)]).ToArray());
    }
}
