using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

public class SlackErrorsTests
{
    public static TheoryData<string> Known() => [.. SlackErrors.Known];

    [Theory]
    [MemberData(nameof(Known))]
    public void Refusal_that_stays_says_what_to_do(string code)
    {
        DeliveryResult ofMethod = SlackErrors.Of(SlackAnswer.OfMethod(new HttpReply(200, ScriptedSlack.Refused(code), null, null)));
        DeliveryResult ofWebhook = SlackErrors.Of(SlackAnswer.OfWebhook(new HttpReply(404, code, null, null)));

        Assert.Equal(DeliveryStatus.Permanent, ofMethod.Status);
        Assert.Equal(ofMethod, ofWebhook);
        Assert.Matches($"^slack: .+[.:] .+ \\({code}\\)\\.$", ofMethod.Error);
    }

    [Theory]
    [InlineData("is_archived", "slack: the channel is archived. Unarchive it or set alerts.channels.slack.channel to another (is_archived).")]
    [InlineData("not_in_channel", "slack: the bot is not in the channel. Invite it there: /invite @name-of-the-bot (not_in_channel).")]
    [InlineData("no_service", "slack: the webhook was removed or switched off. Make a new one and set alerts.channels.slack.webhook_url (no_service).")]
    public void Refusal_in_words(string code, string words)
    {
        Assert.Equal(words, SlackErrors.Of(SlackAnswer.OfMethod(new HttpReply(200, ScriptedSlack.Refused(code), null, null))).Error);
    }

    [Theory]
    [InlineData("rate_limited")]
    [InlineData("ratelimited")]
    [InlineData("internal_error")]
    [InlineData("fatal_error")]
    [InlineData("service_unavailable")]
    [InlineData("request_timeout")]
    [InlineData("rollup_error")]
    [InlineData("something_new")]
    public void Refusal_that_may_pass_is_tried_again(string code)
    {
        DeliveryResult result = SlackErrors.Of(SlackAnswer.OfMethod(new HttpReply(200, ScriptedSlack.Refused(code), TimeSpan.FromSeconds(7), null)));

        Assert.Equal(DeliveryStatus.Retry, result.Status);
        Assert.Equal(TimeSpan.FromSeconds(7), result.RetryAfter);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rate_limited", 30.0, 30.0)]
    [InlineData("{\"retry_after\":1,\"ok\":false,\"error\":\"rate_limited\"}", null, 1.0)]
    [InlineData("{\"retry_after\":1,\"ok\":false,\"error\":\"rate_limited\"}", 9.0, 9.0)]
    [InlineData("{\"retry_after\":-1,\"ok\":false,\"error\":\"rate_limited\"}", null, null)]
    [InlineData("{\"retry_after\":1e300,\"ok\":false,\"error\":\"rate_limited\"}", null, null)]
    [InlineData("<html>slow down</html>", 3.0, 3.0)]
    [InlineData("channel_not_found", 3.0, 3.0)]
    public void Too_many_messages_wait_as_long_as_they_are_told(string body, double? header, double? expected)
    {
        var reply = new HttpReply(429, body, header is { } seconds ? TimeSpan.FromSeconds(seconds) : null, null);
        foreach (SlackAnswer answer in (SlackAnswer[])[SlackAnswer.OfMethod(reply), SlackAnswer.OfWebhook(reply)])
        {
            DeliveryResult result = SlackErrors.Of(answer);

            Assert.Equal(DeliveryStatus.Retry, result.Status);
            Assert.Equal(expected, result.RetryAfter?.TotalSeconds);
        }
    }

    [Theory]
    [InlineData(200, "<html>Sign in to the guest network</html>", DeliveryStatus.Retry)]
    [InlineData(200, "", DeliveryStatus.Retry)]
    [InlineData(200, "{\"ok\":\"true\"}", DeliveryStatus.Retry)]
    [InlineData(200, "{\"ok\":true", DeliveryStatus.Retry)]
    [InlineData(200, "[]", DeliveryStatus.Retry)]
    [InlineData(200, "{\"ok\":false}", DeliveryStatus.Retry)]
    [InlineData(200, "{\"ok\":false,\"error\":\"Bearer xoxb-1\"}", DeliveryStatus.Retry)]
    [InlineData(500, "{\"ok\":true}", DeliveryStatus.Retry)]
    [InlineData(503, "", DeliveryStatus.Retry)]
    [InlineData(404, "<html>", DeliveryStatus.Permanent)]
    [InlineData(302, "", DeliveryStatus.Permanent)]
    public void Answer_that_is_not_of_slack_is_no_delivery(int status, string body, DeliveryStatus expected)
    {
        SlackAnswer answer = SlackAnswer.OfMethod(new HttpReply(status, body, null, null));

        Assert.False(answer.IsOk);
        DeliveryResult result = SlackErrors.Of(answer);
        Assert.Equal(expected, result.Status);
        Assert.StartsWith("slack: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "invalid_payload", DeliveryStatus.Permanent)]
    [InlineData(403, "action_prohibited", DeliveryStatus.Permanent)]
    [InlineData(404, "no_service", DeliveryStatus.Permanent)]
    [InlineData(404, "no_team", DeliveryStatus.Permanent)]
    [InlineData(410, "channel_is_archived", DeliveryStatus.Permanent)]
    [InlineData(500, "rollup_error", DeliveryStatus.Retry)]
    [InlineData(500, "<html>", DeliveryStatus.Retry)]
    [InlineData(404, "<html>", DeliveryStatus.Permanent)]
    [InlineData(200, "{\"ok\":false,\"error\":\"is_archived\"}", DeliveryStatus.Permanent)]
    public void Webhook_says_it_by_a_word(int status, string body, DeliveryStatus expected)
    {
        SlackAnswer answer = SlackAnswer.OfWebhook(new HttpReply(status, body, null, null));

        Assert.False(answer.IsOk);
        Assert.Equal(expected, SlackErrors.Of(answer).Status);
    }
}
