using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

public sealed class SlackWebhookTests : IDisposable
{
    private readonly SlackChannelOptions _options = new() { WebhookUrl = "https://hooks.slack.com/services/T1/B1/s3cr3t-t0k3n" };
    private readonly RecordedLogs _log = new();
    private readonly SlackWebhook _webhook;

    public SlackWebhookTests() => _webhook = new SlackWebhook(new SlackWarnings(_log.CreateLogger("slack"), new FakeTimeProvider()));

    [Theory]
    [InlineData(200, "ok")]
    [InlineData(200, "")]
    [InlineData(204, "")]
    [InlineData(200, "{\"ok\":true}")]
    [InlineData(200, "{\"status\":\"queued\"}")]
    public void Message_is_posted_once(int status, string body)
    {
        var slack = new ScriptedSlack(new HttpReply(status, body, null, null));

        Assert.Equal(DeliveryResult.Delivered(), Send(slack, SlackNotifications.Resolved()));
        SlackRequest request = Assert.Single(slack.Requests);
        Assert.Equal(_options.WebhookUrl, request.Address);
        Assert.Null(request.Authorization);
        Assert.All((string[])["channel", "thread_ts", "ts", "parse", "reply_broadcast"], name => Assert.Null(request.Text(name)));
        Assert.StartsWith("🟢 resolved · 1c · orders-mcp", request.Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public void Old_webhook_is_told_the_channel()
    {
        _options.Channel = "#oncall";
        var slack = new ScriptedSlack("ok");

        Send(slack, SlackNotifications.First());

        Assert.Equal("#oncall", slack.Requests[0].Text("channel"));
    }

    [Theory]
    [InlineData(400, "invalid_blocks")]
    [InlineData(400, "invalid_attachments")]
    [InlineData(400, "invalid_blocks_format")]
    [InlineData(400, "too_many_attachments")]
    public void Blocks_that_are_refused_are_sent_as_text_at_once(int status, string code)
    {
        var slack = new ScriptedSlack(new HttpReply(status, code, null, null), "ok");

        Assert.Equal(DeliveryResult.Delivered(), Send(slack, SlackNotifications.First()));
        Assert.NotNull(slack.Requests[0].Text("blocks"));
        Assert.Null(slack.Requests[1].Text("blocks"));
        Assert.Single(_log.Of("SlackTookTextOnly"));
    }

    public void Dispose() => _log.Dispose();

    private DeliveryResult Send(ScriptedSlack slack, AlertNotification notification) =>
        _webhook.Send(SlackEncoder.Of(notification, AlertTexts.In(AlertLanguage.En)), _options, slack.Now());
}
