using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Configuration;

[Collection(nameof(Alone))]
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

    [Theory]
    [InlineData("1", true)]
    [InlineData("9223372036854775807", true)]
    [InlineData("0", false)]
    [InlineData("-5", false)]
    [InlineData("@anna", false)]
    [InlineData(" 5", false)]
    [InlineData("9223372036854775808", false)]
    [InlineData("", false)]
    public void User_who_may_answer_is_a_number(string user, bool valid)
    {
        OptionsRules.Judge($"{Telegram}:AllowedUsers:1", $"\"{user}\"", valid, options => Fill(options, telegram => telegram.AllowedUsers = ["7", user]));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void At_most_100_users_may_answer(int count, bool valid)
    {
        OptionsRules.Judge(
            $"{Telegram}:AllowedUsers", $"\"{count} users\"", valid, options => Fill(options, telegram => telegram.AllowedUsers = [.. Enumerable.Range(1, count).Select(i => OptionsRules.Number(i))]));
    }

    [Theory]
    [InlineData("https://api.telegram.org", null)]
    [InlineData("https://bots.company.com:8443/", null)]
    [InlineData("http://127.0.0.1:8081", null)]
    [InlineData("http://localhost:8081", null)]
    [InlineData("http://bots:8081", "is plain http: \"http://bots:8081\"")]
    [InlineData("http://10.0.0.5", "is plain http: \"http://10.0.0.5\"")]
    [InlineData("http://api.telegram.org", "is plain http to a public host: \"http://api.telegram.org\"")]
    [InlineData("https://bots.company.com/telegram", "is more than scheme, host and port: \"https://bots.company.com/telegram\"")]
    [InlineData("https://a:b@bots.company.com", "is more than scheme, host and port")]
    [InlineData("api.telegram.org", "is not an URL: \"api.telegram.org\"")]
    [InlineData("", "is not an URL: \"\"")]
    public void Base_is_an_encrypted_address_without_a_path(string address, string? problem)
    {
        OptionsRules.Expect($"{Telegram}:BaseUrl", problem ?? "", problem is null, options => Fill(options, telegram => telegram.BaseUrl = address));
    }

    [Theory]
    [InlineData("http://proxy:3128", true)]
    [InlineData("socks5://user:s3cr3t@proxy:1080", true)]
    [InlineData("ftp://user:s3cr3t@proxy", false)]
    [InlineData("proxy:3128", false)]
    public void Proxy_is_an_address_and_is_never_told(string address, bool valid)
    {
        string[] faults = OptionsRules.Check(options => Fill(options, telegram => telegram.ProxyUrl = address));

        Assert.Equal(valid, faults.Length == 0);
        Assert.All(faults, fault => Assert.StartsWith($"McpMonitoring:{Telegram}:ProxyUrl ", fault, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain("s3cr3t", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_published_without_Telegram_says_so_where_the_channel_is_on()
    {
        AppContext.SetSwitch("Mcp.Monitoring.Telegram", isEnabled: false);
        try
        {
            OptionsRules.Expect($"{Telegram}:Enabled", "is on, but this program was published without Telegram", valid: false, options => Fill(options, static _ => { }));
        }
        finally
        {
            AppContext.SetSwitch("Mcp.Monitoring.Telegram", isEnabled: true);
        }
    }

    private static void Fill(McpMonitoringOptions options, Action<TelegramChannelOptions> set)
    {
        Fill(options, GoodToken, "1");
        set(options.Alerts.Channels.Telegram);
    }

    private static string Token(int digits, int length) => $"{new string('1', digits)}:{new string('A', length)}";

    private static void Fill(McpMonitoringOptions options, string? token, string? chat)
    {
        options.Alerts.Channels.Telegram.Enabled = true;
        options.Alerts.Channels.Telegram.BotToken = token;
        options.Alerts.Channels.Telegram.ChatId = chat;
    }
}
