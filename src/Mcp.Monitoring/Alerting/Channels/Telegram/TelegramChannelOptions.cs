using System.Globalization;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts to a Telegram chat, by a bot, and what people answer there.</summary>
public sealed partial class TelegramChannelOptions : ISettings
{
    /// <summary>The number of no chat, for who does not know that of theirs yet: a test message by <see cref="IAlertManager.SendTestAsync"/> then lists the chats that the bot
    /// has seen lately in the place of being sent.</summary>
    public const string NoChat = "0";

    internal const string DefaultBaseUrl = "https://api.telegram.org";

    private const int MostUsers = 100, MostTopics = 2_000_000_000;
    private const string TokenRemedy = "Set it to the token that @BotFather gave, such as 123456:ABC…, here or in TELEGRAM_BOT_TOKEN, or set enabled: false.";
    private const string ChatRemedy = "Set it to the number of the chat (negative for a group) or @name of a channel, here or in TELEGRAM_CHAT_ID.";
    private const string BaseRemedy = "Set it to the address of a Bot API server, such as https://api.telegram.org; plain http is for loopback only, since the token is in each address.";
    private const string UserRemedy = "Set it to the number of a user, not to a name, which can change hands; @userinfobot tells it.";

    /// <summary>Gets or sets whether alerts are sent to Telegram.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="BotToken"/> or <see cref="ChatId"/> is set or the section is in a file.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the token of the bot, a secret.</summary>
    /// <value>The default is <see langword="null"/>. Form: the number of the bot, a colon, and 20 to 100 letters, digits, underscores and hyphens.</value>
    public string? BotToken { get; set; }

    /// <summary>Gets or sets the chat that is told.</summary>
    /// <value>The default is <see langword="null"/>. A number, negative for a group, or <c>@name</c> of a public channel.</value>
    public string? ChatId { get; set; }

    /// <summary>Gets or sets the topic of a group with topics in which messages appear.</summary>
    /// <value>A <c>message_thread_id</c>; the default is <see langword="null"/>: the general one. Valid range: 1 to 2,000,000,000.</value>
    public int? TopicId { get; set; }

    /// <summary>Gets or sets who may acknowledge, silence and resolve by the buttons of a message.</summary>
    /// <value>Up to 100 numbers of users; the default is none: messages have no such buttons, and nothing is read from the chat.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that a host replaces whole.
    public IList<string> AllowedUsers { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    /// <summary>Gets or sets the Bot API server.</summary>
    /// <value>The default is <see langword="null"/>: <c>https://api.telegram.org</c>. Scheme, host and port, without a path; https, unless it is on this machine.</value>
#pragma warning disable CA1056 // As it is typed; checked with the other settings.
    public string? BaseUrl { get; set; }

    /// <summary>Gets or sets the proxy on the way there, a secret, since it may hold a password.</summary>
    /// <value><c>http://</c> or <c>socks5://</c>, host and port; the default is <see langword="null"/>: a direct connection.</value>
    public string? ProxyUrl { get; set; }
#pragma warning restore CA1056

    /// <summary>Gets whether the channel is on.</summary>
    internal bool IsOn => Enabled ?? (BotToken ?? ChatId) is not null;

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn).Live().OnWhenMentioned(),
        Setting.Text(nameof(BotToken), () => BotToken, value => BotToken = value, "TELEGRAM_BOT_TOKEN").Live().Secret().TurningOn(),
        Setting.Text(nameof(ChatId), () => ChatId, value => ChatId = value, "TELEGRAM_CHAT_ID").Live().TurningOn(),
        Setting.Integer(nameof(TopicId), () => TopicId, value => TopicId = value).Live(),
        Setting.List(nameof(AllowedUsers), () => AllowedUsers, value => AllowedUsers = value).Live(),
        Setting.Text(nameof(BaseUrl), () => BaseUrl, value => BaseUrl = value).Live(),
        Setting.Text(nameof(ProxyUrl), () => ProxyUrl, value => ProxyUrl = value).Live().Secret(),
    ];

    IEnumerable<Fault> ISettings.Check() => IsOn
        ?
        [
            .. SettingRules.Faults(
                TelegramSupport.IsIncluded ? null : new Fault(nameof(Enabled), "is on, but this program was published without Telegram", $"Publish it without {TelegramSupport.Switch}=false, or set enabled: false."),
                SettingRules.Required(nameof(BotToken), BotToken, TokenRemedy) ?? (Token().IsMatch(BotToken!) ? null : new Fault(nameof(BotToken), "is not the token of a bot", TokenRemedy)),
                SettingRules.Required(nameof(ChatId), ChatId, ChatRemedy, isSecret: false) ?? (Chat().IsMatch(ChatId!) ? null : Fault.Of(nameof(ChatId), ChatId, ChatRemedy)),
                TopicId is { } topic ? SettingRules.Between(nameof(TopicId), topic, 1, MostTopics) : null,
                CheckBase(),
                ProxyRules.Check(nameof(ProxyUrl), ProxyUrl)),
            .. CheckUsers(),
        ]
        : [];

    private Fault? CheckBase() => BaseUrl is null ? null
        : OutgoingAddress.ProblemOf(BaseUrl) is { } problem ? new Fault(nameof(BaseUrl), SettingRules.Named(problem, BaseUrl), BaseRemedy)
        : OutgoingAddress.IsReadable(BaseUrl) ? new Fault(nameof(BaseUrl), SettingRules.Named("is plain http", BaseUrl), BaseRemedy)
        : new Uri(BaseUrl) is { PathAndQuery: not "/" } or { Fragment.Length: > 0 } or { UserInfo.Length: > 0 } ? new Fault(nameof(BaseUrl), SettingRules.Named("is more than scheme, host and port", BaseUrl), BaseRemedy)
        : null;

    private IEnumerable<Fault> CheckUsers() => AllowedUsers.Count > MostUsers
        ? [Fault.Of(nameof(AllowedUsers), $"{AllowedUsers.Count} users", $"Set at most {MostUsers}.")]
        : AllowedUsers.Select(static (user, i) => long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? null
            : Fault.Of($"{nameof(AllowedUsers)}:{i}", user, UserRemedy)).OfType<Fault>();

    [GeneratedRegex(@"^[0-9]{1,20}:[A-Za-z0-9_-]{20,100}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex(@"^(-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,63})\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Chat();
}
