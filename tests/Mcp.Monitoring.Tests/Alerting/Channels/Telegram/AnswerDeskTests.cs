using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot.Types;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

public sealed class AnswerDeskTests : IDisposable
{
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 0, 12, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Night);
    private readonly AskedManager _manager = new();
    private readonly RecordedLogs _logs = new();
    private readonly LoggerFactory _logging;
    private readonly AlertChannelOptions _options = new();
    private readonly ChannelHost _host;
    private readonly AnswerDesk _desk;

    public AnswerDeskTests()
    {
        _logging = new LoggerFactory([_logs]);
        _options.Telegram.BotToken = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        _options.Telegram.ChatId = "-100";
        _options.Telegram.AllowedUsers = ["777"];
        _host = new ChannelHost
        {
            Options = () => _options,
            Texts = () => AlertTexts.In(AlertLanguage.En),
            TimeZone = () => TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"),
            Service = "orders-mcp",
            Alerts = () => _manager,
            Memory = new ChannelMemory(new AlertClock(_time)),
            Logging = _logging,
            Time = _time,
            IsPoolStarved = () => false,
        };
        ILogger logger = _logging.CreateLogger("x");
        _desk = new AnswerDesk(_host, new MovedChats(_host.Memory, logger), logger);
    }

    [Theory]
    [InlineData(0, "acknowledge 7 telegram:@anna (777)", "✔ acknowledged by @anna (777) at 03:12 MSK")]
    [InlineData(1, "silence dependency=\"1c\" telegram:@anna (777) until 01:12", "🔕 silenced by @anna (777) until 04:12 MSK")]
    [InlineData(2, "resolve 7 telegram:@anna (777)", "✔ resolved by @anna (777) at 03:12 MSK")]
    public void Each_button_has_done_what_it_says(int button, string asked, string line)
    {
        Assert.Equal((line, line), Take(Code(button)));
        Assert.Equal([asked], _manager.Asked);
    }

    [Theory]
    [InlineData(86_400, true)]
    [InlineData(86_401, false)]
    public void A_button_works_for_24_hours(int seconds, bool works)
    {
        string code = Code(0);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        (string told, string? line) = Take(code);

        Assert.Equal(works, line is not null);
        Assert.Equal(works ? 1 : 0, _manager.Asked.Count);
        Assert.Equal(!works, told.StartsWith("This button is older than 24 hours", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_button_of_a_message_works_once_also_for_another_who_may()
    {
        _options.Telegram.AllowedUsers = ["777", "778"];
        string acknowledge = Code(0), resolve = Code(2);
        Take(acknowledge);

        Assert.Equal(("That was pressed before.", null), Take(acknowledge));
        Assert.Equal(("That was pressed before.", null), Take(acknowledge, user: 778));
        Assert.NotNull(Take(resolve).Line);
        Assert.Equal(2, _manager.Asked.Count);
    }

    [Fact]
    public void What_failed_may_be_pressed_again()
    {
        _manager.Answer = static () => throw new InvalidOperationException("Alerts are not evaluated yet.");
        Assert.Equal(("It was not done. The log of the server says why.", null), Take(Code(0)));
        Assert.Contains("not evaluated yet", Assert.Single(_logs.Of("TelegramAnswerFailed")).Message, StringComparison.Ordinal);

        _manager.Answer = static () => true;
        Assert.NotNull(Take(Code(0)).Line);
    }

    [Fact]
    public void An_incident_that_is_over_is_said_to_be() => Assert.Equal("Incident 7 is over already.", Over().Told);

    [Theory]
    [InlineData(778, -100)]
    [InlineData(777, -101)]
    [InlineData(777, 100)]
    [InlineData(0, -100)]
    public void User_and_chat_must_both_be_those_of_the_settings(long user, long chat)
    {
        (string told, string? line) = Take(Code(0), user, chat);

        Assert.StartsWith("You may not answer here", told, StringComparison.Ordinal);
        Assert.Null(line);
        Assert.Empty(_manager.Asked);
        Assert.Single(_logs.Of("TelegramStranger"));
    }

    [Fact]
    public void Who_is_taken_off_the_list_may_not_any_more()
    {
        string code = Code(0);
        _options.Telegram.AllowedUsers = ["778"];

        Assert.Null(Take(code).Line);
    }

    [Fact]
    public void A_group_that_has_moved_is_the_same_chat()
    {
        _host.Memory.Keep("telegram", "moved:-100", "-1009", TimeSpan.FromDays(1));

        Assert.NotNull(Take(Code(0), chat: -1009).Line);
    }

    [Fact]
    public void Strangers_who_press_without_end_fill_no_log()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Take("x", user: 5);
        }

        Assert.InRange(_logs.Of("TelegramStranger").Count(), 1, 6);
    }

    [Fact]
    public void Name_of_who_pressed_is_bounded_and_on_one_line()
    {
        var user = new User { Id = 777, FirstName = "Anna\r\nroot\u202e" + new string('x', 500) };

        (_, string? line) = _desk.Take(Press(Code(0), user), _options.Telegram, CancellationToken.None);

        Assert.InRange(line!.Length, 1, AnswerReply.LongestLine);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\u202e', line);
        Assert.StartsWith("acknowledge 7 telegram:Anna root", Assert.Single(_manager.Asked), StringComparison.Ordinal);
    }

    public void Dispose() => _logging.Dispose();

    private (string Told, string? Line) Over()
    {
        _manager.Answer = static () => false;
        return Take(Code(0));
    }

    private string Code(int button) => new AnswerButtons(_host.Memory, _time, _host.Service).Of(
        new AlertNotification
        {
            Id = "a",
            Kind = NotificationKind.First,
            Severity = AlertSeverity.Critical,
            Group = "g-1",
            Title = "",
            Service = "",
            Summary = "",
            Text = "",
            Incident = 7,
            Alerts = [new Alert { Id = "1", Name = "x", Severity = AlertSeverity.Critical, State = AlertState.Firing, Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["dependency"] = "1c" }, Fingerprint = "", Summary = "", StartedAt = Night }],
        },
        _options.Telegram,
        AlertTexts.In(AlertLanguage.En))[button].Code;

    private (string Told, string? Line) Take(string code, long user = 777, long chat = -100) =>
        _desk.Take(Press(code, new User { Id = user, FirstName = "Anna", Username = "anna" }, chat), _options.Telegram, CancellationToken.None);

    private static CallbackQuery Press(string code, User user, long chat = -100) =>
        new() { Id = "1", From = user, ChatInstance = "1", Data = code, Message = new Message { Id = 5, Chat = new Chat { Id = chat } } };
}
