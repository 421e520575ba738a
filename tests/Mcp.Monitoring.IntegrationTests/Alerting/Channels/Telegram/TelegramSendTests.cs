using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>Messages to a Bot API server, and what becomes of its refusals.</summary>
public sealed class TelegramSendTests : IDisposable
{
    private readonly TelegramHarness _telegram = new();

    [Fact]
    public void A_message_arrives_as_html_with_its_links_and_without_a_preview()
    {
        DeliveryResult result = _telegram.Send(TelegramHarness.Message() with { Body = "<b>&", IsSilent = true });

        BotCall call = Assert.Single(_telegram.Server.Messages);
        Assert.Equal((DeliveryStatus.Delivered, "-1001234:101"), (result.Status, result.Reference));
        Assert.Equal(("-1001234", "HTML", "True"), (call.Text("chat_id"), call.Text("parse_mode")?.ToUpperInvariant(), call.Text("disable_notification")));
        Assert.StartsWith("🔴 <b>critical · 1c down</b> · orders-mcp\n&lt;b&gt;&amp;\n", call.Text("text"), StringComparison.Ordinal);
        Assert.True(call.Body.GetProperty("link_preview_options").GetProperty("is_disabled").GetBoolean());
        Assert.Equal(("Runbook", "https://runbooks.example.com/1c", null), Assert.Single(call.Buttons));
        Assert.False(call.Has("reply_parameters"));
    }

    [Fact]
    public void A_later_message_replies_to_the_first()
    {
        string? first = _telegram.Send().Reference;

        _telegram.Send(TelegramHarness.Message() with { Kind = NotificationKind.Resolved, ThreadReference = first });

        var reply = _telegram.Server.Messages.Last().Body.GetProperty("reply_parameters");
        Assert.Equal(101, reply.GetProperty("message_id").GetInt32());
        Assert.True(reply.GetProperty("allow_sending_without_reply").GetBoolean());
    }

    [Theory]
    [InlineData("-1:5")]
    [InlineData("-1001234:5\r\nX: y")]
    [InlineData("-1001234:99999999999999")]
    [InlineData("-1001234:-5")]
    [InlineData(":")]
    [InlineData("")]
    public void A_reference_of_another_chat_or_a_corrupt_one_replies_to_nothing(string reference)
    {
        DeliveryResult result = _telegram.Send(TelegramHarness.Message() with { ThreadReference = reference });

        Assert.Equal(DeliveryStatus.Delivered, result.Status);
        Assert.False(Assert.Single(_telegram.Server.Messages).Has("reply_parameters"));
    }

    [Fact]
    public void A_group_that_has_moved_is_followed_at_once_and_after_a_restart_and_told_once_a_run()
    {
        _telegram.Options.Telegram.ChatId = "-555";
        _telegram.Server.Answer = call => call.Text("chat_id") == "-555" ? BotServer.Refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", "\"migrate_to_chat_id\":-1001234") : null;

        Assert.Equal("-1001234:101", _telegram.Send().Reference);
        Assert.Equal(DeliveryStatus.Delivered, _telegram.Send().Status);
        Assert.Contains("-1001234", Assert.Single(_telegram.Logs.Of("TelegramChatMoved")).Message, StringComparison.Ordinal);
        _telegram.Restart();
        Assert.Equal(DeliveryStatus.Delivered, _telegram.Send().Status);
        Assert.Equal(DeliveryStatus.Delivered, _telegram.Check().Status);

        Assert.Equal(["-555", "-1001234", "-1001234", "-1001234"], _telegram.Server.Messages.Select(call => call.Text("chat_id")));
    }

    [Fact]
    public void Too_many_messages_are_tried_again_when_Telegram_says()
    {
        _telegram.Server.Answer = static _ => BotServer.Refuse(429, "Too Many Requests: retry after 37", "\"retry_after\":37");

        DeliveryResult result = _telegram.Send();

        Assert.Equal((DeliveryStatus.Retry, TimeSpan.FromSeconds(37)), (result.Status, result.RetryAfter));
        Assert.Single(_telegram.Server.Messages);
    }

    [Theory]
    [InlineData("Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3")]
    [InlineData("Bad Request: inline keyboard button URL 'https://x' is invalid: Wrong HTTP URL")]
    [InlineData("Bad Request: BUTTON_URL_INVALID")]
    public void What_Telegram_cannot_read_goes_once_as_plain_text_with_the_links_in_it(string problem)
    {
        _telegram.Server.Answer = call => call.Has("parse_mode") ? BotServer.Refuse(400, problem) : null;

        Assert.Equal(DeliveryStatus.Delivered, _telegram.Send(TelegramHarness.Message() with { Body = "a < b & c" }).Status);

        BotCall plain = _telegram.Server.Messages.ElementAt(1);
        Assert.Contains("a < b & c\n", plain.Text("text"), StringComparison.Ordinal);
        Assert.Contains("Runbook: https://runbooks.example.com/1c", plain.Text("text"), StringComparison.Ordinal);
        Assert.Empty(plain.Buttons);
        Assert.Single(_telegram.Logs.Of("TelegramSentPlain"));
    }

    [Theory]
    [InlineData("Bad Request: message thread not found")]
    [InlineData("Bad Request: TOPIC_CLOSED")]
    [InlineData("Bad Request: TOPIC_DELETED")]
    public void Without_its_topic_a_message_goes_to_the_chat_with_one_warning(string problem)
    {
        _telegram.Options.Telegram.TopicId = 404;
        _telegram.Server.Answer = call => call.Has("message_thread_id") ? BotServer.Refuse(400, problem) : null;

        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Delivered], [_telegram.Send().Status, _telegram.Send().Status]);

        Assert.Equal(["404", null, "404", null], _telegram.Server.Messages.Select(call => call.Text("message_thread_id")));
        Assert.Contains("404", Assert.Single(_telegram.Logs.Of("TelegramTopicMissing")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_refuses_every_form_is_asked_four_times_at_most()
    {
        int count = 0;
        _telegram.Options.Telegram.TopicId = 1;
        _telegram.Server.Answer = _ => (count++ % 2) == 0 ? BotServer.Refuse(400, "message thread not found") : BotServer.Refuse(400, "can't parse entities");

        Assert.Equal(DeliveryStatus.Permanent, _telegram.Send().Status);
        Assert.InRange(_telegram.Server.Messages.Count(), 1, 4);
    }

    [Theory]
    [InlineData(401, "Unauthorized", "bot_token")]
    [InlineData(404, "Not Found", "bot_token")]
    [InlineData(400, "Bad Request: chat not found", "chat_id")]
    [InlineData(400, "Bad Request: not enough rights to send text messages to the chat", "administrators")]
    [InlineData(403, "Forbidden: bot was kicked from the supergroup chat", "not in the chat")]
    [InlineData(403, "Forbidden: bot was blocked by the user", "blocked the bot")]
    [InlineData(403, "Forbidden: bot can't initiate conversation with a user", "press Start")]
    [InlineData(403, "Forbidden: user is deactivated", "chat_id")]
    [InlineData(400, "Bad Request: message is too long", "message is too long")]
    public void A_refusal_for_good_says_what_to_do_and_not_the_token(int code, string description, string said)
    {
        _telegram.Server.Answer = _ => BotServer.Refuse(code, description);

        DeliveryResult result = _telegram.Send();

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.StartsWith("telegram: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error, _telegram.Check().Error);
    }

    public static TheoryData<string, DeliveryStatus, string> Answers => new()
    {
        { BotServer.Response(502, "text/html", "<html>bad gateway</html>"), DeliveryStatus.Retry, "502" },
        { BotServer.Refuse(500, "Internal Server Error"), DeliveryStatus.Retry, "500" },
        { BotServer.Response(200, "text/html", "<html>Sign in to the hotel's network</html>"), DeliveryStatus.Unknown, "base_url" },
        { "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/bot\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", DeliveryStatus.Permanent, "redirect" },
        { "", DeliveryStatus.Unknown, "cut" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void What_is_no_answer_of_Telegram_becomes_a_result(string answer, DeliveryStatus expected, string said)
    {
        _telegram.Server.Answer = _ => answer;

        DeliveryResult result = _telegram.Send();

        Assert.Equal(expected, result.Status);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_does_not_come_ends_with_the_limit()
    {
        using var never = new ManualResetEventSlim();
        _telegram.Server.Answer = _ =>
        {
            never.Wait();
            return null;
        };

        DeliveryResult result = _telegram.Send(limit: TimeSpan.FromMilliseconds(500));
        never.Set();

        Assert.Equal(DeliveryStatus.Unknown, result.Status);
        Assert.Contains("did not answer", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_connection_is_tried_again()
    {
        _telegram.Server.Dispose();

        DeliveryResult result = _telegram.Send();

        Assert.Equal(DeliveryStatus.Retry, result.Status);
        Assert.Contains("refused", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_self_check_sends_nothing_to_anybody()
    {
        Assert.Equal(DeliveryStatus.Delivered, _telegram.Check().Status);

        Assert.Empty(_telegram.Server.Messages);
        Assert.Single(_telegram.Server.Of("getChat"));
    }

    [Fact]
    public void Without_a_chat_the_error_lists_those_that_the_bot_has_seen()
    {
        _telegram.Options.Telegram.ChatId = "0";
        _telegram.Server.Answer = static call => call.Method == "getUpdates" ? BotServer.Response(200, "application/json", """
            {"ok":true,"result":[
            {"update_id":1,"message":{"message_id":6,"date":1700000000,"chat":{"id":99,"type":"private","first_name":"Анна"},"from":{"id":99,"is_bot":false,"first_name":"Анна"},"text":"/start"}},
            {"update_id":2,"message":{"message_id":7,"date":1700000000,"chat":{"id":-1001234,"type":"supergroup","title":"ops\r\nBcc: x"},"text":"hi"}},
            {"update_id":3,"message":{"message_id":8,"date":1700000000,"chat":{"id":99,"type":"private","first_name":"Анна"},"text":"again"}}]}
            """) : null;

        DeliveryResult result = _telegram.Send();

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.Contains("The bot has seen 99 (private Анна), -1001234 (supergroup ops Bcc: x). Set alerts.channels.telegram.chat_id", result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error, _telegram.Check().Error);
        Assert.Empty(_telegram.Server.Messages);
        Assert.False(_telegram.Server.Of("getUpdates").First().Has("offset"));
    }

    [Theory]
    [InlineData(409, "Conflict: can't use getUpdates method while webhook is active", "webhook")]
    [InlineData(401, "Unauthorized", "bot_token")]
    public void Chats_that_cannot_be_listed_are_said_not_to_be(int code, string description, string said)
    {
        _telegram.Options.Telegram.ChatId = "0";
        _telegram.Server.Answer = _ => BotServer.Refuse(code, description);

        Assert.Contains(said, _telegram.Send().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bot_that_has_seen_no_chat_says_what_to_do()
    {
        _telegram.Options.Telegram.ChatId = "0";

        Assert.Contains("Write something to it", _telegram.Send().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_token_and_chat_count_from_the_next_message_on()
    {
        _telegram.Send();
        _telegram.Options = new AlertChannelOptions { Telegram = { BotToken = "99:OTHERTOKENOTHERTOKENOTHERTOKEN", ChatId = "5", BaseUrl = _telegram.Server.Url } };

        _telegram.Send();

        BotCall call = _telegram.Server.Messages.Last();
        Assert.Equal(("99:OTHERTOKENOTHERTOKENOTHERTOKEN", "5"), (call.Token, call.Text("chat_id")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Connection_of_former_settings_is_closed_by_other_ones_and_by_the_end(bool isEnd)
    {
        using var closed = new ManualResetEventSlim();
        using var server = new TinyServer(stream =>
        {
            string answer = BotServer.Response(200, "application/json", """{"ok":true,"result":{"message_id":1,"date":1700000000,"chat":{"id":5,"type":"private"},"text":"x"}}""");
            byte[] open = Encoding.UTF8.GetBytes(answer.Replace("Connection: close\r\n", "", StringComparison.Ordinal));
            while (TinyServer.ReadRequest(stream).Length > 0)
            {
                stream.Write(open);
            }

            closed.Set();
        });
        _telegram.Options.Telegram.BaseUrl = $"http://127.0.0.1:{server.Port}";
        Assert.Equal(DeliveryStatus.Delivered, _telegram.Send().Status);
        Assert.Equal(DeliveryStatus.Delivered, _telegram.Send().Status);
        Assert.Equal(1, server.Count);

        if (isEnd)
        {
            _telegram.Channel.Dispose();
        }
        else
        {
            _telegram.Options = new AlertChannelOptions { Telegram = { BotToken = BotServer.Token, ChatId = "5", BaseUrl = _telegram.Server.Url } };
            _telegram.Send();
        }

        // Left alone, it would be closed after 30 s.
        Assert.True(closed.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Each_kind_and_severity_arrives()
    {
        foreach (NotificationKind kind in Enum.GetValues<NotificationKind>())
        {
            foreach (AlertSeverity severity in Enum.GetValues<AlertSeverity>())
            {
                Assert.Equal(DeliveryStatus.Delivered, _telegram.Send(TelegramHarness.Message() with { Kind = kind, Severity = severity }).Status);
            }
        }

        Assert.Equal(Enum.GetValues<NotificationKind>().Length * Enum.GetValues<AlertSeverity>().Length, _telegram.Server.Messages.Count());
    }

    [Theory]
    [InlineData("-1001234", 20)]
    [InlineData("@oncall", 20)]
    [InlineData("5", 63)]
    public void No_chat_gets_more_in_a_minute_than_it_takes(string chat, int most)
    {
        _telegram.Options.Telegram.ChatId = chat;

        Assert.InRange(_telegram.Channel.Burst + Math.Floor(TimeSpan.FromMinutes(1) / _telegram.Channel.Interval), 1, most);
        Assert.Equal("telegram", _telegram.Channel.Name);
    }

    public void Dispose() => _telegram.Dispose();
}
