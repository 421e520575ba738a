using System.Text.Json;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>What people press in the chat, from the button to the incident and back into the message.</summary>
public sealed class TelegramAnswerTests
{
    [Fact]
    public async Task Acknowledge_is_done_recorded_and_shown()
    {
        using var host = new AnsweredHost();
        BotCall message = await host.FailAsync();

        host.Server.Press(Code(message, "Acknowledge"), text: "🔴 critical");

        Incident incident = host.WaitFor(IncidentState.Acknowledged);
        Assert.Equal("telegram:@anna (777)", incident.AcknowledgedBy);
        Assert.Contains("acknowledged by @anna (777) at ", host.Server.Wait("answerCallbackQuery").Text("text"), StringComparison.Ordinal);
        BotCall edit = host.Server.Wait("editMessageText");
        Assert.Matches("^🔴 critical\n\n✔ acknowledged by @anna \\(777\\) at [0-9]{2}:[0-9]{2} MSK$", edit.Text("text"));
        Assert.Equal(("Page", "https://page.example.com/", null), Assert.Single(edit.Buttons));
        JsonElement entity = Assert.Single(edit.Body.GetProperty("entities").EnumerateArray());
        Assert.Equal(edit.Text("text")!.Length, entity.GetProperty("offset").GetInt32() + entity.GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task Resolve_is_done_and_recorded()
    {
        using var host = new AnsweredHost();
        BotCall message = await host.FailAsync();

        host.Server.Press(Code(message, "Resolve"));

        Assert.Equal("telegram:@anna (777)", host.WaitFor(IncidentState.Resolved).ResolvedBy);
    }

    [Fact]
    public async Task Silence_lasts_an_hour_and_matches_what_the_message_is_about()
    {
        using var host = new AnsweredHost();
        BotCall message = await host.FailAsync();

        host.Server.Press(Code(message, "Silence 1 h"));

        Assert.Contains("silenced by @anna (777) until ", host.Server.Wait("answerCallbackQuery").Text("text"), StringComparison.Ordinal);
        Silence silence = Assert.Single(host.Alerts.ListSilences());
        Assert.Equal("telegram:@anna (777)", silence.CreatedBy);
        Assert.InRange((silence.EndsAt - silence.StartsAt).TotalSeconds, 3_590, 3_600);
        Assert.Equal(["mcp_service=\"orders-mcp\"", "operation=\"get_order\""], silence.Matchers.Select(matcher => matcher.ToString()));
    }

    [Fact]
    public async Task The_second_press_of_a_button_does_nothing()
    {
        using var host = new AnsweredHost();
        BotCall message = await host.FailAsync();
        host.Server.Press(Code(message, "Silence 1 h"));
        host.Server.Wait("answerCallbackQuery");

        host.Server.Press(Code(message, "Silence 1 h"));

        Assert.Equal("That was pressed before.", host.Server.Wait("answerCallbackQuery", 2).Text("text"));
        Assert.Single(host.Alerts.ListSilences());
        Assert.Single(host.Server.Of("editMessageText"));
    }

    [Fact]
    public async Task Presses_of_two_people_within_a_moment_both_stay_in_the_message()
    {
        using var host = new AnsweredHost(configure: static options => options.Alerts.Channels.Telegram.AllowedUsers = ["777", "778"]);
        BotCall message = await host.FailAsync();

        // Both bring the message as it was when they were pressed.
        host.Server.Press(Code(message, "Acknowledge"), user: 777, name: "anna", text: "🔴 critical");
        host.Server.Press(Code(message, "Silence 1 h"), user: 778, name: "boris", text: "🔴 critical");

        string[] lines = host.Server.Wait("editMessageText", 2).Text("text")!.Split("\n\n");
        Assert.Equal("🔴 critical", lines[0]);
        Assert.StartsWith("✔ acknowledged by @anna (777) at ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("🔕 silenced by @boris (778) until ", lines[2], StringComparison.Ordinal);

        // One that comes later brings what the message says by then.
        host.Server.Press(Code(message, "Resolve"), user: 777, name: "anna", text: string.Join("\n\n", lines));

        BotCall last = host.Server.Wait("editMessageText", 3);
        string[] all = last.Text("text")!.Split("\n\n");
        Assert.Equal(lines, all[..3]);
        Assert.StartsWith("✔ resolved by @anna (777) at ", Assert.Single(all[3..]), StringComparison.Ordinal);
        JsonElement entity = Assert.Single(last.Body.GetProperty("entities").EnumerateArray());
        Assert.Equal((last.Text("text")!.Length - all[3].Length, all[3].Length), (entity.GetProperty("offset").GetInt32(), entity.GetProperty("length").GetInt32()));
    }

    [Theory]
    [InlineData(778, "-1001234")]
    [InlineData(777, "-1009999")]
    [InlineData(777, "777")]
    public async Task A_stranger_and_another_chat_are_told_that_they_may_not_and_logged(long user, string chat)
    {
        using var host = new AnsweredHost();
        BotCall message = await host.FailAsync();

        host.Server.Press(Code(message, "Acknowledge"), user, chat, name: "mallory");

        Assert.StartsWith("You may not answer here", host.Server.Wait("answerCallbackQuery").Text("text"), StringComparison.Ordinal);
        Assert.Contains("@mallory", host.WaitForLog("TelegramStranger").Message, StringComparison.Ordinal);
        host.WaitFor(IncidentState.Triggered);
        Assert.Empty(host.Server.Of("editMessageText"));
    }

    [Fact]
    public async Task A_button_that_somebody_made_up_does_nothing()
    {
        using var host = new AnsweredHost();
        BotCall message = await host.FailAsync();
        char[] code = Code(message, "Acknowledge").ToCharArray();
        code[3] = code[3] == 'A' ? 'B' : 'A';

        host.Server.Press(new string(code));
        host.Server.Press("ack:1");
        host.Server.Press(code: null);

        host.Server.Wait("answerCallbackQuery", 3);
        Assert.All(host.Server.Of("answerCallbackQuery"), answer => Assert.StartsWith("This button is not known", answer.Text("text"), StringComparison.Ordinal));
        host.WaitFor(IncidentState.Triggered);
    }

    [Theory]
    [InlineData("Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", "another process")]
    [InlineData("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", "webhook")]
    public async Task A_conflict_is_said_once_in_words_and_messages_are_sent_all_the_same(string conflict, string said)
    {
        using var host = new AnsweredHost(server => server.Answer = call => call.Method == "getUpdates" ? BotServer.Refuse(409, conflict) : null);
        LogEntryOf(host, said);
        host.Server.Wait("getUpdates", 2);

        await host.FailAsync();

        LogEntryOf(host, said);
        Assert.Single(host.Logs.Of("TelegramAnswersUnread"));

        host.Server.Answer = static _ => null;
        host.Server.Press("ends the poll");
        host.WaitForLog("TelegramAnswersRead");
    }

    [Fact]
    public async Task Without_allowed_users_there_are_no_such_buttons_and_nothing_is_read()
    {
        using var host = new AnsweredHost(configure: options => options.Alerts.Channels.Telegram.AllowedUsers = []);

        BotCall message = await host.FailAsync();

        Assert.DoesNotContain(message.Buttons, button => button.Code is not null);
        Assert.Empty(host.Server.Of("getUpdates"));
    }

    [Theory]
    [InlineData("777", false)]
    [InlineData(null, true)]
    public async Task Link_by_which_all_of_the_chat_could_acknowledge_is_there_only_where_all_may(string? allowed, bool hasLink)
    {
        using var host = new AnsweredHost(configure: options =>
        {
            options.Alerts.PageUrl = "https://mcp.company.com/monitoring";
            options.StatusPage.Enabled = true;
            options.StatusPage.Token = "0123456789abcdef-token";
            options.Alerts.Channels.Telegram.AllowedUsers = allowed is null ? [] : [allowed];
        });

        BotCall message = await host.FailAsync();

        Assert.Equal(hasLink, message.Buttons.Any(button => button.Url?.StartsWith("https://mcp.company.com/monitoring/acknowledge/", StringComparison.Ordinal) == true));
        Assert.Equal(!hasLink, message.Buttons.Any(button => button.Code is not null));
    }

    [Fact]
    public async Task Buttons_and_answers_are_in_the_language_of_the_messages()
    {
        using var host = new AnsweredHost(configure: options => options.Alerts.Language = AlertLanguage.Ru);
        BotCall message = await host.FailAsync();
        Assert.Equal(["Принять", "Заглушить на 1 ч", "Закрыть"], message.Buttons.Where(button => button.Code is not null).Select(button => button.Text));

        host.Server.Press(Code(message, "Принять"));

        Assert.StartsWith("✔ принято: @anna (777), ", host.Server.Wait("answerCallbackQuery").Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_presses_are_asked_for_and_a_stop_does_not_wait_for_the_poll()
    {
        var host = new AnsweredHost();
        BotCall poll = host.Server.Wait("getUpdates");
        Assert.Equal("""["callback_query"]""", poll.Text("allowed_updates"));
        Assert.Equal("25", poll.Text("timeout"));

        long begun = TimeProvider.System.GetTimestamp();
        host.Dispose();

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(10));
    }

    private static string Code(BotCall message, string button) => message.Buttons.Single(other => other.Text == button).Code!;

    private static void LogEntryOf(AnsweredHost host, string said) => Assert.Contains(said, host.WaitForLog("TelegramAnswersUnread").Message, StringComparison.Ordinal);
}
