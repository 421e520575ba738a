using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

public sealed class SlackBotTests : IDisposable
{
    private const string Begun = "1700000000.000100";

    private readonly SlackChannelOptions _options = new() { BotToken = "xoxb-s3cr3t-t0k3n", Channel = "#oncall" };
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLogs _log = new();
    private readonly SlackBot _bot;

    public SlackBotTests() => _bot = new SlackBot(new ChannelMemory(new AlertClock(_time)), new SlackWarnings(_log.CreateLogger("slack"), _time));

    [Fact]
    public void First_message_goes_to_the_channel_and_is_known_by_its_id()
    {
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        DeliveryResult result = Send(slack, SlackNotifications.First());

        Assert.Equal(DeliveryResult.Delivered($"C0123456789:{Begun}"), result);
        SlackRequest request = Assert.Single(slack.Requests);
        Assert.Equal("https://slack.com/api/chat.postMessage", request.Address);
        Assert.Equal("Bearer xoxb-s3cr3t-t0k3n", request.Authorization);
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        Assert.Equal("#oncall", request.Text("channel"));
        Assert.Null(request.Text("thread_ts"));
        Assert.Null(request.Text("reply_broadcast"));
    }

    [Fact]
    public void What_follows_goes_into_the_thread_and_the_first_message_shows_it()
    {
        var slack = new ScriptedSlack(ScriptedSlack.PostedAs("1700000009.000100"), ScriptedSlack.Posted);

        DeliveryResult result = Send(slack, SlackNotifications.Update());

        Assert.Equal(DeliveryResult.Delivered(), result);
        Assert.Equal(["chat.postMessage", "chat.update"], slack.Methods);
        Assert.Equal(("C0123456789", "1699999999.000001"), (slack.Requests[0].Text("channel"), slack.Requests[0].Text("thread_ts")));
        Assert.Equal(("C0123456789", "1699999999.000001"), (slack.Requests[1].Text("channel"), slack.Requests[1].Text("ts")));
        Assert.Equal(slack.Requests[0].Text("text"), slack.Requests[1].Text("text"));
        Assert.Null(slack.Requests[1].Text("thread_ts"));
        Assert.Empty(_log.Entries);
    }

    [Theory]
    [InlineData(NotificationKind.Update, false, true)]
    [InlineData(NotificationKind.Update, true, false)]
    [InlineData(NotificationKind.Repeat, true, false)]
    [InlineData(NotificationKind.Escalation, false, true)]
    [InlineData(NotificationKind.Resolved, true, true)]
    public void What_is_to_be_heard_and_the_end_are_shown_beside_the_thread(NotificationKind kind, bool isSilent, bool isBroadcast)
    {
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        Send(slack, SlackNotifications.Update() with { Kind = kind, IsSilent = isSilent });

        Assert.Equal(isBroadcast ? "True" : null, slack.Requests[0].Text("reply_broadcast"));
    }

    [Fact]
    public void End_makes_the_first_message_green()
    {
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        Send(slack, SlackNotifications.Resolved());

        Assert.Equal("#2eb67d", slack.Requests[1].Body.GetProperty("attachments")[0].GetProperty("color").GetString());
        Assert.StartsWith("🟢 resolved · 1c · orders-mcp", slack.Requests[1].Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "chat.postMessage chat.update", null)]
    [InlineData(true, false, "chat.postMessage", "1699999999.000001")]
    [InlineData(false, false, "chat.postMessage", null)]
    public void Threads_and_the_update_can_be_switched_off(bool threads, bool update, string methods, string? thread)
    {
        _options.Threads = threads;
        _options.UpdateFirst = update;
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        Send(slack, SlackNotifications.Update());

        Assert.Equal(methods, string.Join(' ', slack.Methods));
        Assert.Equal(thread, slack.Requests[0].Text("thread_ts"));
        Assert.Equal(threads ? "C0123456789" : "#oncall", slack.Requests[0].Text("channel"));
    }

    [Theory]
    [InlineData("thread_not_found")]
    [InlineData("cannot_reply_to_message")]
    [InlineData("restricted_action_thread_locked")]
    [InlineData("channel_not_found")]
    [InlineData("is_archived")]
    [InlineData("not_in_channel")]
    public void Where_the_thread_is_gone_the_message_goes_to_the_channel_and_begins_a_new_one(string code)
    {
        var slack = new ScriptedSlack(ScriptedSlack.Refused(code), ScriptedSlack.Posted);

        DeliveryResult result = Send(slack, SlackNotifications.Update());

        Assert.Equal(DeliveryResult.Delivered($"C0123456789:{Begun}"), result);
        Assert.Equal(["chat.postMessage", "chat.postMessage"], slack.Methods);
        Assert.Equal(("#oncall", null), (slack.Requests[1].Text("channel"), slack.Requests[1].Text("thread_ts")));
        AssertGoesOnIn(Begun);
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    public void Where_the_first_message_is_gone_a_new_one_is_posted_once(string code)
    {
        var slack = new ScriptedSlack(ScriptedSlack.PostedAs("1700000009.000100"), ScriptedSlack.Refused(code), ScriptedSlack.Posted);

        DeliveryResult result = Send(slack, SlackNotifications.Update());

        Assert.Equal(DeliveryResult.Delivered($"C0123456789:{Begun}"), result);
        Assert.Equal(["chat.postMessage", "chat.update", "chat.postMessage"], slack.Methods);
        Assert.Null(slack.Requests[2].Text("thread_ts"));
        AssertGoesOnIn(Begun);
    }

    [Fact]
    public void Without_threads_the_message_itself_takes_the_place_of_a_first_that_is_gone()
    {
        _options.Threads = false;
        var slack = new ScriptedSlack(ScriptedSlack.Posted, ScriptedSlack.Refused("message_not_found"));

        Assert.Equal(DeliveryResult.Delivered($"C0123456789:{Begun}"), Send(slack, SlackNotifications.Update()));
        Assert.Equal(["chat.postMessage", "chat.update"], slack.Methods);
        _options.Threads = true;
        AssertGoesOnIn(Begun);
    }

    [Fact]
    public void Reply_that_was_delivered_is_delivered_whatever_becomes_of_the_update()
    {
        object[] failures =
        [
            ScriptedSlack.Refused("edit_window_closed"), ScriptedSlack.Refused("ratelimited"), ScriptedSlack.Refused("token_revoked"), "<html>", new HttpReply(500, "", null, null),
            new SendFailedException("slack.com:443 did not answer within 10 s", mayHaveArrived: true), new SendFailedException("connection refused", mayHaveArrived: false), new InvalidOperationException("broken"),
        ];
        foreach (object failure in failures)
        {
            var slack = new ScriptedSlack(ScriptedSlack.Posted, failure);

            Assert.Equal(DeliveryResult.Delivered(), Send(slack, SlackNotifications.Update()));
            Assert.Equal(["chat.postMessage", "chat.update"], slack.Methods);
        }

        // Said once an hour, however often it fails.
        LogEntry warning = Assert.Single(_log.Entries);
        Assert.Equal((LogLevel.Warning, "SlackMessageNotUpdated"), (warning.Level, warning.Event));
        Assert.Contains("edit_window_closed", warning.Message, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(1));
        Send(new ScriptedSlack(ScriptedSlack.Posted, "<html>"), SlackNotifications.Update());
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public void New_first_message_that_cannot_be_posted_makes_the_reply_no_failure()
    {
        foreach (object failure in (object[])[ScriptedSlack.Refused("ratelimited"), new SendFailedException("cut", mayHaveArrived: true)])
        {
            Assert.Equal(DeliveryResult.Delivered(), Send(new ScriptedSlack(ScriptedSlack.Posted, ScriptedSlack.Refused("message_not_found"), failure), SlackNotifications.Update()));
        }

        Assert.Single(_log.Entries);
    }

    [Theory]
    [InlineData("invalid_blocks")]
    [InlineData("invalid_attachments")]
    [InlineData("msg_blocks_too_long")]
    [InlineData("msg_too_long")]
    public void Blocks_that_are_refused_are_sent_as_text_at_once(string code)
    {
        var slack = new ScriptedSlack(ScriptedSlack.Refused(code), ScriptedSlack.Posted);

        Assert.Equal(DeliveryStatus.Delivered, Send(slack, SlackNotifications.First()).Status);
        Assert.Equal(2, slack.Requests.Count);
        Assert.Null(slack.Requests[1].Text("blocks"));
        Assert.Null(slack.Requests[1].Text("attachments"));
        Assert.Equal(slack.Requests[0].Text("text"), slack.Requests[1].Text("text"));
        Assert.Contains(code, Assert.Single(_log.Of("SlackTookTextOnly")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_refused_as_well_is_not_tried_for_ever()
    {
        var slack = new ScriptedSlack(ScriptedSlack.Refused("invalid_blocks"));

        Assert.Equal(DeliveryStatus.Permanent, Send(slack, SlackNotifications.First()).Status);
        Assert.Equal(2, slack.Requests.Count);
    }

    [Fact]
    public void Refused_reply_is_no_message_in_the_channel()
    {
        var slack = new ScriptedSlack(ScriptedSlack.Refused("ratelimited"));

        Assert.Equal(DeliveryStatus.Retry, Send(slack, SlackNotifications.Update()).Status);
        Assert.Single(slack.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1700000000.000100")]
    [InlineData("C0123456789:1700000000.000100\r\nX: y")]
    [InlineData("C0123456789:1700000000.000100\n")]
    [InlineData("c0123:1700000000.000100")]
    [InlineData("C0123456789:17000000000000000000.1")]
    [InlineData("-100123:45")]
    [InlineData("{\"channel\":\"C1\"}")]
    public void Reference_of_another_form_is_none(string reference)
    {
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        Assert.Equal(DeliveryResult.Delivered($"C0123456789:{Begun}"), Send(slack, SlackNotifications.Update() with { ThreadReference = reference }));
        Assert.Null(Assert.Single(slack.Requests).Text("thread_ts"));
    }

    [Theory]
    [InlineData("C0123456789", true)]
    [InlineData("#other", true)]
    [InlineData("C9999999999", false)]
    public void Outage_goes_on_in_the_channel_that_is_set_since(string channel, bool inThread)
    {
        _options.Channel = channel;
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        Send(slack, SlackNotifications.Update());

        Assert.Equal(inThread, slack.Requests[0].Text("thread_ts") is not null);
        Assert.Equal(inThread ? "C0123456789" : channel, slack.Requests[0].Text("channel"));
    }

    [Theory]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ok":true,"channel":"C1","ts":1700000000.0001}""")]
    [InlineData("""{"ok":true,"channel":"#oncall","ts":"1700000000.0001"}""")]
    public void Message_without_an_id_was_delivered_all_the_same(string answer)
    {
        Assert.Equal(DeliveryResult.Delivered(), Send(new ScriptedSlack(answer), SlackNotifications.First()));
    }

    [Fact]
    public void Address_of_the_api_is_an_option()
    {
        _options.BaseUrl = "https://slack-gov.com/api/";
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        Send(slack, SlackNotifications.First());

        Assert.Equal("https://slack-gov.com/api/chat.postMessage", slack.Requests[0].Address);
    }

    public void Dispose() => _log.Dispose();

    private void AssertGoesOnIn(string message)
    {
        var slack = new ScriptedSlack(ScriptedSlack.Posted);

        // The engine goes on to name the first message of the outage.
        Assert.Equal(DeliveryResult.Delivered(), Send(slack, SlackNotifications.Update()));
        Assert.Equal(["chat.postMessage", "chat.update"], slack.Methods);
        Assert.Equal(message, slack.Requests[0].Text("thread_ts"));
        Assert.Equal(message, slack.Requests[1].Text("ts"));
    }

    private DeliveryResult Send(ScriptedSlack slack, AlertNotification notification) =>
        _bot.Send(notification, SlackEncoder.Of(notification, AlertTexts.In(AlertLanguage.En)), _options, slack.Now());
}
