using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts to a Slack channel: by a bot, with threads, or by an incoming webhook.</summary>
public sealed partial class SlackChannelOptions : ISettings
{
    internal const string DefaultBaseUrl = "https://slack.com/api";

    private const int LongestChannel = 80;
    private const string WebhookRemedy = "Set it to the URL of the incoming webhook, here or in SLACK_WEBHOOK_URL, or set bot_token and channel, or enabled: false.";
    private const string TokenRemedy = "Set it to the Bot User OAuth Token of the app, which begins with xoxb-, here or in SLACK_BOT_TOKEN.";
    private const string ChannelRemedy = "Set it to the channel that the bot is in, an id such as C0123456789 or a name such as #oncall, here or in SLACK_CHANNEL.";
    private const string BaseRemedy = "Set it to the address of Slack's API, such as https://slack.com/api; plain http is for loopback only, since the token goes there.";

    /// <summary>Gets or sets whether alerts are sent to Slack.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="WebhookUrl"/> or <see cref="BotToken"/> is set or the section is in a file.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the address of the incoming webhook, a secret. It can neither open threads nor change a message; beside <see cref="BotToken"/> it is not used.</summary>
    /// <value>The default is <see langword="null"/>. Form: <c>https://hooks.slack.com/services/…</c>, or that of a proxy.</value>
    public string? WebhookUrl { get; set; }

    /// <summary>Gets or sets the token of the bot, a secret; it needs the scope <c>chat:write</c>, and the bot must be in <see cref="Channel"/>.</summary>
    /// <value>The default is <see langword="null"/>. Form: <c>xoxb-…</c>.</value>
    public string? BotToken { get; set; }

    /// <summary>Gets or sets the channel: needed with <see cref="BotToken"/>; without it for old webhooks that may choose one.</summary>
    /// <value>An id such as <c>C0123456789</c>, or a name such as <c>#oncall</c>; the default is <see langword="null"/>: that of the webhook. 1 to 80 characters.</value>
    public string? Channel { get; set; }

    /// <summary>Gets or sets whether what follows the first message of an outage goes into its thread; what is to be heard, and the end, are shown in the channel as well.</summary>
    /// <value>The default is <see langword="null"/>: yes, with <see cref="BotToken"/>.</value>
    public bool? Threads { get; set; }

    /// <summary>Gets or sets whether the first message of an outage is changed to show how it is now, up to its end.</summary>
    /// <value>The default is <see langword="null"/>: yes, with <see cref="BotToken"/>.</value>
    public bool? UpdateFirst { get; set; }

    /// <summary>Gets or sets the address of the Web API.</summary>
    /// <value>The default is <see langword="null"/>: <c>https://slack.com/api</c>. https, unless it is on this machine.</value>
#pragma warning disable CA1056 // As it is typed; checked with the other settings.
    public string? BaseUrl { get; set; }

    /// <summary>Gets or sets the proxy on the way there, a secret, since it may hold a password.</summary>
    /// <value><c>http://</c> or <c>socks5://</c>, host and port; the default is <see langword="null"/>: a direct connection.</value>
    public string? ProxyUrl { get; set; }
#pragma warning restore CA1056

    /// <summary>Gets whether the channel is on.</summary>
    internal bool IsOn => Enabled ?? (WebhookUrl ?? BotToken) is not null;

    internal bool IsBot => BotToken is not null;

    internal bool HasThreads => Threads ?? true;

    internal bool UpdatesFirst => UpdateFirst ?? true;

    internal string BaseAddress => BaseUrl?.TrimEnd('/') ?? DefaultBaseUrl;

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn).Live().OnWhenMentioned(),
        Setting.Text(nameof(WebhookUrl), () => WebhookUrl, value => WebhookUrl = value, "SLACK_WEBHOOK_URL").Live().Secret().TurningOn(),
        Setting.Text(nameof(BotToken), () => BotToken, value => BotToken = value, "SLACK_BOT_TOKEN").Live().Secret().TurningOn(),
        Setting.Text(nameof(Channel), () => Channel, value => Channel = value, "SLACK_CHANNEL").Live(),
        Setting.Flag(nameof(Threads), () => Threads, value => Threads = value).Live(),
        Setting.Flag(nameof(UpdateFirst), () => UpdateFirst, value => UpdateFirst = value).Live(),
        Setting.Text(nameof(BaseUrl), () => BaseUrl, value => BaseUrl = value).Live(),
        Setting.Text(nameof(ProxyUrl), () => ProxyUrl, value => ProxyUrl = value).Live().Secret(),
    ];

    IEnumerable<Fault> ISettings.Check() => IsOn
        ?
        [
            .. IsBot ? CheckBot() : CheckWebhook(),
            .. SettingRules.Faults(
                SettingRules.Text(nameof(Channel), Channel, LongestChannel, "Set it to 1 to 80 characters, or leave it out."),
                CheckBase(),
                ProxyRules.Check(nameof(ProxyUrl), ProxyUrl)),
        ]
        : [];

    private IEnumerable<Fault> CheckBot() => SettingRules.Faults(
        SettingRules.Required(nameof(BotToken), BotToken, TokenRemedy) ?? (Token().IsMatch(BotToken!) ? null : new Fault(nameof(BotToken), "is not the token of a bot", TokenRemedy)),
        Channel is null ? Fault.Missing(nameof(Channel), ChannelRemedy) : null,
        WebhookUrl is null ? null : new Fault(nameof(WebhookUrl), "is set beside bot_token and is not used", "Leave out one of them: the token can do all that the webhook can.") { IsWarning = true });

    private IEnumerable<Fault> CheckWebhook() =>
    [
        .. SettingRules.Address(nameof(WebhookUrl), WebhookUrl, WebhookRemedy),
        .. SettingRules.Faults(NeedsBot(nameof(Threads), Threads, "open threads"), NeedsBot(nameof(UpdateFirst), UpdateFirst, "change a message")),
    ];

    private static Fault? NeedsBot(string path, bool? value, string what) => value == true
        ? new Fault(path, $"is true, but a webhook cannot {what}", "Set bot_token and channel, or leave it out.") { IsWarning = true }
        : null;

    private Fault? CheckBase() => BaseUrl is null ? null
        : OutgoingAddress.ProblemOf(BaseUrl) is { } problem ? new Fault(nameof(BaseUrl), SettingRules.Named(problem, BaseUrl), BaseRemedy)
        : OutgoingAddress.IsReadable(BaseUrl) ? new Fault(nameof(BaseUrl), SettingRules.Named("is plain http", BaseUrl), BaseRemedy)
        : new Uri(BaseUrl) is not { Query: "", Fragment: "", UserInfo: "" } ? new Fault(nameof(BaseUrl), SettingRules.Named("is more than scheme, host, port and path", BaseUrl), BaseRemedy)
        : null;

    // Nothing that ends a header; an app-level token cannot post.
    [GeneratedRegex(@"^xox[a-z][.-][A-Za-z0-9._-]{4,400}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
