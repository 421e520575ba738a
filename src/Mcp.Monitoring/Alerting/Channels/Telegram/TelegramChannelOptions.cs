using System.Text.RegularExpressions;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts to a Telegram chat, by a bot. This version reads and checks the section, and sends nothing.</summary>
public sealed partial class TelegramChannelOptions : ISettings
{
    private const string TokenRemedy = "Set it to the token that @BotFather gave, such as 123456:ABC…, here or in TELEGRAM_BOT_TOKEN, or set enabled: false.";
    private const string ChatRemedy = "Set it to the number of the chat (negative for a group) or @name of a channel, here or in TELEGRAM_CHAT_ID.";

    /// <summary>Gets or sets whether alerts are sent to Telegram.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="BotToken"/> or <see cref="ChatId"/> is set or the section is in a file.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the token of the bot, a secret.</summary>
    /// <value>The default is <see langword="null"/>. Form: the number of the bot, a colon, and 20 to 100 letters, digits, underscores and hyphens.</value>
    public string? BotToken { get; set; }

    /// <summary>Gets or sets the chat that is told.</summary>
    /// <value>The default is <see langword="null"/>. A number, negative for a group, or <c>@name</c> of a public channel.</value>
    public string? ChatId { get; set; }

    /// <summary>Gets whether the channel is on.</summary>
    internal bool IsOn => Enabled ?? (BotToken ?? ChatId) is not null;

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn).Live().OnWhenMentioned(),
        Setting.Text(nameof(BotToken), () => BotToken, value => BotToken = value, "TELEGRAM_BOT_TOKEN").Live().Secret().TurningOn(),
        Setting.Text(nameof(ChatId), () => ChatId, value => ChatId = value, "TELEGRAM_CHAT_ID").Live().TurningOn(),
    ];

    IEnumerable<Fault> ISettings.Check() => IsOn
        ? SettingRules.Faults(
            SettingRules.Required(nameof(BotToken), BotToken, TokenRemedy) ?? (Token().IsMatch(BotToken!) ? null : new Fault(nameof(BotToken), "is not the token of a bot", TokenRemedy)),
            SettingRules.Required(nameof(ChatId), ChatId, ChatRemedy, isSecret: false) ?? (Chat().IsMatch(ChatId!) ? null : Fault.Of(nameof(ChatId), ChatId, ChatRemedy)))
        : [];

    [GeneratedRegex(@"^[0-9]{1,20}:[A-Za-z0-9_-]{20,100}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex(@"^(-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,63})\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Chat();
}
