using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Channels.Slack;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;

/// <summary>The channel over real sockets, against a stand-in that answers as Slack does.</summary>
public sealed class SlackChannelTests
{
    private static readonly string[] Secrets = [SlackServer.Token, SlackServer.WebhookKey];

    [Fact]
    public async Task Outage_is_one_thread_and_its_first_message_shows_the_end()
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfBot(server);

        string reference = host.Send(SlackNotifications.First()).Reference!;
        Assert.Equal(DeliveryResult.Delivered(), host.Send(SlackNotifications.Update() with { ThreadReference = reference }));
        Assert.Equal(DeliveryResult.Delivered(), host.Send(SlackNotifications.Resolved() with { ThreadReference = reference }));

        string first = reference.Split(':')[1];
        Assert.Equal(
            [
                (null, false, "🟢 resolved · 1c · orders-mcp", "#2eb67d"),
                (first, true, "🔴 critical · 1c down · orders-mcp", "#d00000"),
                (first, true, "🟢 resolved · 1c · orders-mcp", "#2eb67d"),
            ],
            server.Posts.Select(post => (post.Thread, post.IsBroadcast, post.Heading, post.Colour)));
        Assert.Empty(host.Log.Entries);
    }

    [Fact]
    public async Task First_message_that_was_deleted_is_followed_by_a_new_one_for_the_rest_of_the_outage()
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfBot(server);
        string reference = host.Send(SlackNotifications.First()).Reference!;
        server.Delete(reference.Split(':')[1]);

        string? moved = host.Send(SlackNotifications.Update() with { ThreadReference = reference }).Reference;
        Assert.Null(host.Send(SlackNotifications.Resolved() with { ThreadReference = reference }).Reference);

        SlackPost[] posts = server.Posts;
        Assert.Equal($"{SlackServer.Channel}:{posts[1].Ts}", moved);
        Assert.Equal([reference.Split(':')[1], null, posts[1].Ts], posts.Select(post => post.Thread));
        Assert.Equal("🟢 resolved · 1c · orders-mcp", posts[1].Heading);
    }

    [Fact]
    public async Task Webhook_is_told_each_message_for_itself()
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfWebhook(server);
        foreach (AlertNotification notification in (AlertNotification[])[SlackNotifications.First(), SlackNotifications.Update(), SlackNotifications.Resolved()])
        {
            Assert.Equal(DeliveryResult.Delivered(), host.Send(notification));
        }

        Assert.Equal(["🔴 critical · 1c down · orders-mcp", "🔴 critical · 1c down · orders-mcp", "🟢 resolved · 1c · orders-mcp"], server.Posts.Select(post => post.Heading));
        Assert.All(server.Posts, post => Assert.Null(post.Thread));
    }

    [Fact]
    public async Task Settings_that_change_hold_for_the_next_message()
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfWebhook(server);
        host.Send(SlackNotifications.First());

        host.Options.Slack.BotToken = "xoxb-wrong";
        host.Options.Slack.Channel = "#oncall";
        host.Options.Slack.BaseUrl = server.ApiAddress;
        Assert.Equal(DeliveryStatus.Permanent, host.Send(SlackNotifications.First()).Status);
        host.Options.Slack.BotToken = SlackServer.Token;
        Assert.Equal(DeliveryStatus.Delivered, host.Send(SlackNotifications.First()).Status);
        host.Options.Slack.Enabled = false;

        Assert.False(host.Channel.IsOn);
        Assert.Equal(DeliveryStatus.Permanent, host.Send(SlackNotifications.First()).Status);
        Assert.Equal(["POST /services/T0/B0/s3cr3t-t0k3n", "POST /api/chat.postMessage", "POST /api/chat.postMessage"], server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_many_messages_wait_as_long_as_slack_says(bool isBot)
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = isBot ? SlackHost.OfBot(server) : SlackHost.OfWebhook(server);
        server.Answer(new SlackScript(429, "rate_limited", "37"), new SlackScript(429, """{"ok":false,"error":"ratelimited"}""", "38"));

        Assert.Equal([37.0, 38.0], new[] { host.Send(SlackNotifications.First()), host.Send(SlackNotifications.First()) }.Select(result => result.RetryAfter?.TotalSeconds));
        Assert.Equal(DeliveryStatus.Delivered, host.Send(SlackNotifications.First()).Status);
        Assert.Single(server.Posts);
    }

    public static TheoryData<int, string, DeliveryStatus, string> Refusals() => new()
    {
        { 200, SlackScript.Refuse("is_archived").Body, DeliveryStatus.Permanent, "the channel is archived" },
        { 200, SlackScript.Refuse("token_revoked").Body, DeliveryStatus.Permanent, "the token was revoked" },
        { 200, SlackScript.Refuse("missing_scope").Body, DeliveryStatus.Permanent, "lacks the scope chat:write" },
        { 200, SlackScript.Refuse("service_unavailable").Body, DeliveryStatus.Retry, "cannot take messages at the moment" },
        { 200, "<html>Guest network</html>", DeliveryStatus.Retry, "not Slack's API" },
        { 500, "", DeliveryStatus.Retry, "answered 500" },
        { 404, "", DeliveryStatus.Permanent, "answered 404" },
        { SlackScript.Cut.Status, "", DeliveryStatus.Unknown, "cut the connection" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_is_told_in_words_without_the_token(int status, string body, DeliveryStatus expected, string words)
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfBot(server);
        server.Answer(new SlackScript(status, body));

        AssertFailed(host.Send(SlackNotifications.First()), expected, words);
        Assert.Empty(server.Posts);
    }

    [Theory]
    [InlineData(404, "no_service", "the webhook was removed")]
    [InlineData(410, "channel_is_archived", "is archived")]
    [InlineData(403, "action_prohibited", "keeps the webhook from posting")]
    [InlineData(400, "invalid_payload", "takes messages of another form")]
    public async Task Refusal_of_the_webhook_is_told_in_words_without_its_path(int status, string body, string words)
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfWebhook(server);
        server.Answer(new SlackScript(status, body));

        AssertFailed(host.Send(SlackNotifications.First()), DeliveryStatus.Permanent, words);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_that_does_not_come_is_unknown(bool isBot)
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = isBot ? SlackHost.OfBot(server) : SlackHost.OfWebhook(server);
        server.Answer(SlackScript.Hang);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        AssertFailed(host.Send(SlackNotifications.First(), stop.Token), DeliveryStatus.Unknown, "did not answer");
    }

    [Fact]
    public async Task Update_that_is_cut_or_never_answered_does_not_repeat_the_reply()
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfBot(server);
        string reference = host.Send(SlackNotifications.First()).Reference!;
        server.Answer(new SlackScript(200, $$"""{"ok":true,"channel":"{{SlackServer.Channel}}","ts":"1700000000.000009"}"""), SlackScript.Cut);
        Assert.Equal(DeliveryResult.Delivered(), host.Send(SlackNotifications.Update() with { ThreadReference = reference }));

        server.Answer(new SlackScript(200, $$"""{"ok":true,"channel":"{{SlackServer.Channel}}","ts":"1700000000.000010"}"""), SlackScript.Hang);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        Assert.Equal(DeliveryResult.Delivered(), host.Send(SlackNotifications.Update() with { ThreadReference = reference }, stop.Token));

        Assert.Single(host.Log.Of("SlackMessageNotUpdated"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refused_connection_is_tried_again_and_told_in_words(bool isBot)
    {
        using var host = new SlackHost();
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}");
        host.Options.Slack.BotToken = isBot ? SlackServer.Token : null;
        host.Options.Slack.Channel = "#oncall";
        host.Options.Slack.BaseUrl = address;
        host.Options.Slack.WebhookUrl = isBot ? null : $"{address}/services/T0/B0/{SlackServer.WebhookKey}";

        AssertFailed(host.Send(SlackNotifications.First()), DeliveryStatus.Retry, "refused");
        AssertFailed(host.Check(), DeliveryStatus.Retry, "refused");
    }

    [Fact]
    public async Task Check_of_the_token_tells_nobody()
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfBot(server);

        Assert.Equal(DeliveryResult.Delivered(), host.Check());
        server.Answer(SlackScript.Refuse("account_inactive"));
        AssertFailed(host.Check(), DeliveryStatus.Permanent, "the bot or its workspace is gone");

        Assert.Equal(["POST /api/auth.test", "POST /api/auth.test"], server.Requests);
        Assert.Empty(server.Posts);
    }

    [Fact]
    public async Task Check_of_the_webhook_asks_its_host_and_never_the_webhook()
    {
        await using SlackServer server = await SlackServer.StartAsync();
        using SlackHost host = SlackHost.OfWebhook(server);

        Assert.Equal(DeliveryResult.Delivered(), host.Check());
        server.Answer(new SlackScript(502));
        AssertFailed(host.Check(), DeliveryStatus.Retry, "answered 502");

        Assert.Equal(["GET /", "GET /"], server.Requests);
        Assert.Empty(server.Posts);
    }

    private static void AssertFailed(DeliveryResult result, DeliveryStatus status, string words)
    {
        Assert.True(status == result.Status, $"{result.Status}: {result.Error}");
        Assert.StartsWith("slack: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, result.Error, StringComparison.Ordinal));
    }
}
