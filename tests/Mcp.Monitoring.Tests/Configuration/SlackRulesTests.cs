namespace Mcp.Monitoring.Tests.Configuration;

public class SlackRulesTests
{
    private const string Webhook = "https://hooks.slack.com/services/T/B/X";
    private const string Token = "xoxb-1234567890-abcdef";

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

    [Theory]
    [InlineData("xoxb-1234567890-1234567890123-abcDEF", true)]
    [InlineData("xoxp-1234567890-abc", true)]
    [InlineData("xoxe.xoxb-1-abcdef", true)]
    [InlineData("xapp-1-A0-abcdef", false)]
    [InlineData("xoxb-", false)]
    [InlineData("xoxb-1234567890\r\nX: y", false)]
    [InlineData("xoxb-1234567890\n", false)]
    [InlineData("Bearer xoxb-1234567890", false)]
    [InlineData("https://hooks.slack.com/services/T/B/X", false)]
    public void Token_is_that_of_a_bot(string token, bool valid)
    {
        OptionsRules.Expect("Alerts:Channels:Slack:BotToken", "is not the token of a bot", valid, options =>
        {
            options.Alerts.Channels.Slack.BotToken = token;
            options.Alerts.Channels.Slack.Channel = "#oncall";
        });
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("#oncall", true)]
    [InlineData("C0123456789", true)]
    public void Token_needs_a_channel(string? channel, bool valid)
    {
        OptionsRules.Expect("Alerts:Channels:Slack:Channel", "is not set", valid, options =>
        {
            options.Alerts.Channels.Slack.BotToken = Token;
            options.Alerts.Channels.Slack.Channel = channel;
        });
    }

    [Fact]
    public void Token_beside_a_webhook_is_used_and_the_webhook_is_not()
    {
        Action<McpMonitoringOptions> both = options =>
        {
            options.Alerts.Channels.Slack.BotToken = Token;
            options.Alerts.Channels.Slack.Channel = "#oncall";
            options.Alerts.Channels.Slack.WebhookUrl = Webhook;
        };

        Assert.Empty(OptionsRules.Check(both));
        Assert.Equal(
            "McpMonitoring:Alerts:Channels:Slack:WebhookUrl is set beside bot_token and is not used. Leave out one of them: the token can do all that the webhook can.",
            Assert.Single(OptionsRules.Warnings(both)));
    }

    [Theory]
    [InlineData(true, null, "Threads is true, but a webhook cannot open threads. Set bot_token and channel, or leave it out.")]
    [InlineData(null, true, "UpdateFirst is true, but a webhook cannot change a message. Set bot_token and channel, or leave it out.")]
    [InlineData(null, null, null)]
    [InlineData(false, false, null)]
    public void What_a_webhook_cannot_do_is_said_where_it_is_asked_for(bool? threads, bool? update, string? warning)
    {
        Action<McpMonitoringOptions> webhook = options =>
        {
            options.Alerts.Channels.Slack.WebhookUrl = Webhook;
            options.Alerts.Channels.Slack.Threads = threads;
            options.Alerts.Channels.Slack.UpdateFirst = update;
        };

        Assert.Empty(OptionsRules.Check(webhook));
        Assert.Equal(warning is null ? [] : [$"McpMonitoring:Alerts:Channels:Slack:{warning}"], OptionsRules.Warnings(webhook));
        Assert.Empty(OptionsRules.Warnings(options =>
        {
            options.Alerts.Channels.Slack.BotToken = Token;
            options.Alerts.Channels.Slack.Channel = "#oncall";
            options.Alerts.Channels.Slack.Threads = threads;
            options.Alerts.Channels.Slack.UpdateFirst = update;
        }));
    }

    [Theory]
    [InlineData("https://slack.com/api", null)]
    [InlineData("https://slack-gov.com/api/", null)]
    [InlineData("http://127.0.0.1:8080/api", null)]
    [InlineData("http://[::1]/api", null)]
    [InlineData("http://slack-proxy/api", "is plain http: \"http://slack-proxy/api\"")]
    [InlineData("http://10.0.0.1/api", "is plain http: \"http://10.0.0.1/api\"")]
    [InlineData("http://slack.com/api", "is plain http to a public host: \"http://slack.com/api\"")]
    [InlineData("https://169.254.169.254/", "is a link-local address, to which nothing is sent: \"https://169.254.169.254/\"")]
    [InlineData("https://slack.com/api?token=x", "is more than scheme, host, port and path")]
    [InlineData("slack.com/api", "is not an URL: \"slack.com/api\"")]
    public void Token_goes_to_its_address_encrypted(string address, string? problem)
    {
        OptionsRules.Expect("Alerts:Channels:Slack:BaseUrl", problem ?? "", problem is null, options =>
        {
            options.Alerts.Channels.Slack.BotToken = Token;
            options.Alerts.Channels.Slack.Channel = "#oncall";
            options.Alerts.Channels.Slack.BaseUrl = address;
        });
    }

    [Theory]
    [InlineData("http://proxy:3128", true)]
    [InlineData("socks5://user:password@proxy:1080", true)]
    [InlineData("proxy:3128", false)]
    [InlineData("https://user:hunter2@proxy:3128", false)]
    public void Proxy_is_http_or_socks5_and_its_password_is_not_shown(string proxy, bool valid)
    {
        string[] faults = OptionsRules.Check(options =>
        {
            options.Alerts.Channels.Slack.WebhookUrl = Webhook;
            options.Alerts.Channels.Slack.ProxyUrl = proxy;
        });

        Assert.Equal(valid, faults.Length == 0);
        Assert.All(faults, fault => Assert.StartsWith("McpMonitoring:Alerts:Channels:Slack:ProxyUrl ", fault, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal));
    }
}
