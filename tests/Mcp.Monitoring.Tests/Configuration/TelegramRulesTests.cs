namespace Mcp.Monitoring.Tests.Configuration;

public class TelegramRulesTests
{
    private const string Telegram = "Alerts:Channels:Telegram";
    private static readonly string GoodToken = Token(9, 35);

    [Theory]
    [InlineData(1, 20, true)]
    [InlineData(20, 100, true)]
    [InlineData(0, 35, false)]
    [InlineData(21, 35, false)]
    [InlineData(9, 19, false)]
    [InlineData(9, 101, false)]
    public void Token_is_the_number_of_the_bot_and_20_to_100_characters(int digits, int length, bool valid)
    {
        OptionsRules.Expect($"{Telegram}:BotToken", "is not the token of a bot", valid, options => Fill(options, Token(digits, length), "1"));
    }

    [Theory]
    [InlineData("", "is not set")]
    [InlineData(null, "is not set")]
    [InlineData("your-bot-token", "is a placeholder")]
    [InlineData("<token>", "is a placeholder")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "is not the token of a bot")]
    [InlineData("123456:ABCDEFGHIJ KLMNOPQRST", "is not the token of a bot")]
    [InlineData("123456:ABCDEFGHIJKLMNOPQRST\n", "is not the token of a bot")]
    [InlineData("bot123456:ABCDEFGHIJKLMNOPQRST", "is not the token of a bot")]
    [InlineData("123456:ABCDEFGHIJKLMNOPQRS/", "is not the token of a bot")]
    [InlineData("١٢٣:ABCDEFGHIJKLMNOPQRST", "is not the token of a bot")]
    public void Token_that_is_none_is_a_fault_without_its_text(string? token, string problem)
    {
        OptionsRules.Expect($"{Telegram}:BotToken", problem, valid: false, options => Fill(options, token, "1"));
        string fault = Assert.Single(OptionsRules.Check(options => Fill(options, token, "1")));

        Assert.DoesNotContain("ABCDEFGHIJ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("-1001234567890", null)]
    [InlineData("12345678901234567890", null)]
    [InlineData("@abcd", null)]
    [InlineData("@on_call", null)]
    [InlineData(null, "is not set")]
    [InlineData("", "is not set")]
    [InlineData("your-chat-id", "is a placeholder: \"your-chat-id\"")]
    [InlineData("123456789012345678901", "is \"123456789012345678901\"")]
    [InlineData("--1", "is \"--1\"")]
    [InlineData("1.5", "is \"1.5\"")]
    [InlineData("1\n", "is \"1\\u000a\"")]
    [InlineData("on_call", "is \"on_call\"")]
    [InlineData("@abc", "is \"@abc\"")]
    [InlineData("@1abc", "is \"@1abc\"")]
    [InlineData("@on-call", "is \"@on-call\"")]
    public void Chat_is_a_number_or_the_name_of_a_channel(string? chat, string? problem)
    {
        OptionsRules.Expect($"{Telegram}:ChatId", problem ?? "", problem is null, options => Fill(options, GoodToken, chat));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Name_of_a_channel_has_at_most_64_characters(int length, bool valid)
    {
        string chat = "@" + new string('a', length);
        OptionsRules.Judge($"{Telegram}:ChatId", $"\"{chat}\"", valid, options => Fill(options, GoodToken, chat));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(null, 0)]
    public void Both_are_needed_once_the_channel_is_on(bool? enabled, int faults)
    {
        Assert.Equal(faults, OptionsRules.Check(options => options.Alerts.Channels.Telegram.Enabled = enabled).Length);
    }

    private static string Token(int digits, int length) => $"{new string('1', digits)}:{new string('A', length)}";

    private static void Fill(McpMonitoringOptions options, string? token, string? chat)
    {
        options.Alerts.Channels.Telegram.Enabled = true;
        options.Alerts.Channels.Telegram.BotToken = token;
        options.Alerts.Channels.Telegram.ChatId = chat;
    }
}
