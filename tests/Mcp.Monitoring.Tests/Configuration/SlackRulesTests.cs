namespace Mcp.Monitoring.Tests.Configuration;

public class SlackRulesTests
{
    private const string Webhook = "https://hooks.slack.com/services/T/B/X";

    [Theory]
    [InlineData(Webhook)]
    [InlineData("https://slack-proxy.company.com/hook")]
    [InlineData("http://slack-proxy:8080/hook")]
    [InlineData("http://127.0.0.1:8080/hook")]
    public void Webhook_may_be_that_of_slack_or_of_a_proxy(string url)
    {
        Assert.Empty(OptionsRules.Check(options => options.Alerts.Channels.Slack.WebhookUrl = url));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/YOUR/SLACK/WEBHOOK", "is a placeholder")]
    [InlineData("${SLACK_WEBHOOK_URL}", "is a placeholder")]
    [InlineData("", "is not set")]
    [InlineData("hooks.slack.com/services/T/B/X", "is not an URL")]
    [InlineData("http://hooks.slack.com/services/T/B/X", "is plain http to a public host")]
    [InlineData("http://[fe80::1]/services/T/B/X", "is a link-local address, to which nothing is sent")]
    public void Webhook_that_is_none_is_a_fault_without_its_text(string url, string problem)
    {
        OptionsRules.Expect("Alerts:Channels:Slack:WebhookUrl", problem, valid: false, options => options.Alerts.Channels.Slack.WebhookUrl = url);
        string fault = Assert.Single(OptionsRules.Check(options => options.Alerts.Channels.Slack.WebhookUrl = url));

        Assert.DoesNotContain("/T/B/X", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(null, true)]
    public void Webhook_is_needed_once_the_channel_is_on(bool? enabled, bool valid)
    {
        OptionsRules.Expect("Alerts:Channels:Slack:WebhookUrl", "is not set", valid, options => options.Alerts.Channels.Slack.Enabled = enabled);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(80, true)]
    [InlineData(81, false)]
    [InlineData(null, true)]
    public void Channel_has_1_to_80_characters(int? length, bool valid)
    {
        string? channel = length is { } count ? new string('x', count) : null;
        OptionsRules.Judge("Alerts:Channels:Slack:Channel", $"\"{channel}\"", valid, options =>
        {
            options.Alerts.Channels.Slack.WebhookUrl = Webhook;
            options.Alerts.Channels.Slack.Channel = channel;
        });
    }

    [Fact]
    public void Channel_without_a_webhook_switches_nothing_on()
    {
        Assert.Empty(OptionsRules.Check(options => options.Alerts.Channels.Slack.Channel = ""));
    }
}
