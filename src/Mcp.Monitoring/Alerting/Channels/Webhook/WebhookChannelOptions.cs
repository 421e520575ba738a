using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts to an address that takes them as JSON. Each entry of the list is a channel by its name.</summary>
public sealed partial class WebhookChannelOptions : ISettings
{
    private const string UrlRemedy = "Set it to the address that takes the messages, here or by url_file.";
    private const string TopicRemedy = "Set it to the server and the topic: https://ntfy.sh/my-topic.";
    private static readonly string[] Reserved = ["email", "slack", "telegram", "log"];

    /// <summary>Gets or sets the name of the channel, as routes use it and as metrics show it.</summary>
    /// <value>Required: 1 to 64 of <c>a-z 0-9 _ . -</c>, and not that of another channel.</value>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets where the messages go, a secret.</summary>
    /// <value>The default is that of the service for PagerDuty (<c>https://events.pagerduty.com/v2/enqueue</c>) and Opsgenie
    /// (<c>https://api.opsgenie.com/v2/alerts</c>); required for the others. ntfy: the server and the topic, <c>https://ntfy.sh/my-topic</c>.</value>
    public string? Url { get; set; }

    /// <summary>Gets or sets what the receiver understands.</summary>
    /// <value>The default is <see cref="WebhookPreset.Alertmanager"/>.</value>
    public WebhookPreset Preset { get; set; }

    /// <summary>Gets or sets what messages are signed with, a secret: the header <c>X-Mcp-Signature</c> is <c>t=&lt;unix time&gt;,v1=&lt;HMAC-SHA256 of "t.body"&gt;</c>.</summary>
    /// <value>The default is <see langword="null"/>: no signature.</value>
    public string? Secret { get; set; }

    /// <summary>Gets or sets what the receiver knows the sender by, a secret: the routing key of PagerDuty, the API key of Opsgenie, a bearer token for Alertmanager's
    /// format and ntfy.</summary>
    /// <value>The default is <see langword="null"/>; required for PagerDuty and Opsgenie. Not used for Teams and Discord.</value>
    public string? Token { get; set; }

    /// <summary>Gets or sets from which severity on it is told, where no route names it.</summary>
    /// <value>The default is <see cref="AlertSeverity.Medium"/>.</value>
    public AlertSeverity Severity { get; set; } = AlertSeverity.Medium;

    /// <summary>Gets or sets the proxy, a secret: <c>http://user:password@host:port</c> or <c>socks5://…</c>.</summary>
    /// <value>The default is <see langword="null"/>: a direct connection.</value>
    public string? ProxyUrl { get; set; }

    /// <summary>Gets where the messages go, with the default of the service.</summary>
    internal string? Address => Url ?? WebhookFormats.Of(Preset).DefaultAddress;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Text(nameof(Name), () => Name, value => Name = value ?? ""),
        Setting.Text(nameof(Url), () => Url, value => Url = value).Secret(),
        Setting.Choice(nameof(Preset), () => Preset, value => Preset = value),
        Setting.Text(nameof(Secret), () => Secret, value => Secret = value).Secret(),
        Setting.Text(nameof(Token), () => Token, value => Token = value).Secret(),
        Setting.Choice(nameof(Severity), () => Severity, value => Severity = value),
        Setting.Text(nameof(ProxyUrl), () => ProxyUrl, value => ProxyUrl = value).Secret(),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. SettingRules.Faults(CheckName(), CheckToken(), CheckSecret(), ProxyRules.Check(nameof(ProxyUrl), ProxyUrl)),
        .. CheckAddress(),
    ];

    private Fault? CheckName() =>
        Name.Length == 0 ? Fault.Missing(nameof(Name), "Give the channel a name, such as pager.")
        : !AlertNames.IsChannel(Name) || Placeholder.IsText(Name) ? Fault.Of(nameof(Name), Name, "Give it a name of 1 to 64 of a-z 0-9 _ . -.")
        : Reserved.Contains(Name, StringComparer.Ordinal) ? Fault.Of(nameof(Name), Name, "It is the name of another channel. Give it one of its own.")
        : null;

    private Fault[] CheckAddress()
    {
        Fault[] faults = Address is null ? [Fault.Missing(nameof(Url), UrlRemedy)] : [.. SettingRules.Address(nameof(Url), Address, UrlRemedy)];
        return Preset != WebhookPreset.Ntfy || faults.Any(static fault => !fault.IsWarning) || Topic().IsMatch(new Uri(Address!).AbsolutePath)
            ? faults
            : [new Fault(nameof(Url), "does not end with a topic", TopicRemedy)];
    }

    private Fault? CheckToken() => (Preset, Token) switch
    {
        (WebhookPreset.Pagerduty, _) => SettingRules.Required(nameof(Token), Token, "Set it to the routing key (integration key) of the service, here or by token_file."),
        (WebhookPreset.Opsgenie, _) => SettingRules.Required(nameof(Token), Token, "Set it to the API key of the integration, here or by token_file."),
        (_, null) => null,
        (WebhookPreset.Teams or WebhookPreset.Discord, _) => new Fault(nameof(Token), "is not used here", "What the receiver knows you by is in url; leave it out.") { IsWarning = true },
        _ => SettingRules.Required(nameof(Token), Token, "Set it to what the receiver knows you by, or leave it out."),
    } ?? (Token is { } token && token.AsSpan().ContainsAnyExceptInRange('!', '~')
        ? new Fault(nameof(Token), "has characters that no token has", "Copy it again: a space, a line break or a letter of another alphabet came along.")
        : null);

    private Fault? CheckSecret() => Secret is null ? null : SettingRules.Required(nameof(Secret), Secret, "Set it to a long random text that the receiver has as well, here or by secret_file, or leave it out.");

    [GeneratedRegex("/[-_A-Za-z0-9]{1,64}/?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Topic();
}
