using System.Net.Mail;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts by e-mail. This version reads and checks the section, and sends nothing.</summary>
public sealed class EmailChannelOptions : ISettings
{
    private const int MostReceivers = 50;

    /// <summary>Gets or sets whether alerts are sent by e-mail.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="FromEmail"/> or <see cref="ToEmails"/> is set, or the section is in a file. A server
    /// alone (<c>SMTP_SERVER</c>) is the application's own mail and switches nothing on.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the mail server.</summary>
    /// <value>A host name or an address; the default is <see langword="null"/>.</value>
    public string? SmtpServer { get; set; }

    /// <summary>Gets or sets the port of the mail server.</summary>
    /// <value>The default is 587 (STARTTLS). Valid range: 1 to 65535.</value>
    public int SmtpPort { get; set; } = 587;

    /// <summary>Gets or sets the name to sign in with.</summary>
    /// <value>The default is <see langword="null"/>: no sign-in.</value>
    public string? SmtpUsername { get; set; }

    /// <summary>Gets or sets the password to sign in with, a secret.</summary>
    /// <value>The default is <see langword="null"/>; needed with <see cref="SmtpUsername"/>, and only then.</value>
    public string? SmtpPassword { get; set; }

    /// <summary>Gets or sets who the messages come from.</summary>
    /// <value>An address such as <c>alerts@company.com</c>; the default is <see langword="null"/>.</value>
    public string? FromEmail { get; set; }

    /// <summary>Gets or sets who is told.</summary>
    /// <value>1 to 50 addresses; the default is none.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that a host replaces whole.
    public IList<string> ToEmails { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    /// <summary>Gets whether the channel is on.</summary>
    internal bool IsOn => Enabled ?? (FromEmail is not null || ToEmails is { Count: > 0 });

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn).Live().OnWhenMentioned(),
        Setting.Text(nameof(SmtpServer), () => SmtpServer, value => SmtpServer = value, "SMTP_SERVER").Live(),
        Setting.Integer(nameof(SmtpPort), () => SmtpPort, value => SmtpPort = value, "SMTP_PORT").Live(),
        Setting.Text(nameof(SmtpUsername), () => SmtpUsername, value => SmtpUsername = value, "SMTP_USERNAME").Live(),
        Setting.Text(nameof(SmtpPassword), () => SmtpPassword, value => SmtpPassword = value, "SMTP_PASSWORD").Live().Secret(),
        Setting.Text(nameof(FromEmail), () => FromEmail, value => FromEmail = value, "ALERT_FROM_EMAIL").Live().TurningOn(),
        Setting.List(nameof(ToEmails), () => ToEmails, value => ToEmails = value, "ALERT_TO_EMAILS").Live().TurningOn(),
    ];

    IEnumerable<Fault> ISettings.Check() => IsOn
        ?
        [
            .. SettingRules.Faults(
                SettingRules.Required(nameof(SmtpServer), SmtpServer, "Set it to the mail server, here or in SMTP_SERVER, or set enabled: false.", isSecret: false)
                    ?? (Uri.CheckHostName(SmtpServer) == UriHostNameType.Unknown ? Fault.Of(nameof(SmtpServer), SmtpServer, "Set it to a host name or an address, without a port.") : null),
                SettingRules.Between(nameof(SmtpPort), SmtpPort, 1, 65535),
                CheckSignIn(),
                SettingRules.Required(nameof(FromEmail), FromEmail, "Set it to the sender's address, here or in ALERT_FROM_EMAIL.", isSecret: false) ?? CheckAddress(nameof(FromEmail), FromEmail!)),
            .. CheckReceivers(),
        ]
        : [];

    private Fault? CheckSignIn() => (NullIfEmpty(SmtpUsername), NullIfEmpty(SmtpPassword)) switch
    {
        (null, { }) => Fault.Missing(nameof(SmtpUsername), "Set it, here or in SMTP_USERNAME, or leave the password out as well."),
        ({ }, null) => Fault.Missing(nameof(SmtpPassword), "Set it, in SMTP_PASSWORD or by smtp_password_file, or leave the user name out as well."),
        ({ } name, _) when Placeholder.Is(name) => new Fault(nameof(SmtpUsername), SettingRules.Named("is a placeholder", name), "Set it, here or in SMTP_USERNAME, or leave it and the password out."),
        (_, { } password) when Placeholder.Is(password) => new Fault(nameof(SmtpPassword), "is a placeholder", "Set it, in SMTP_PASSWORD or by smtp_password_file."),
        _ => null,
    };

    // Templates of a server without sign-in leave both empty.
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private IEnumerable<Fault> CheckReceivers()
    {
        if (ToEmails is not { Count: > 0 })
        {
            return [Fault.Missing(nameof(ToEmails), "Set it to the addresses of those who are told, here or in ALERT_TO_EMAILS with commas between them.")];
        }

        return ToEmails.Count > MostReceivers
            ? [Fault.Of(nameof(ToEmails), $"{ToEmails.Count} addresses", $"Set at most {MostReceivers}; a mailing list reaches more.")]
            : SettingRules.Faults([.. ToEmails.Select((address, i) => CheckAddress($"{nameof(ToEmails)}:{i}", address) ?? CheckOnce(address, i))]);
    }

    private Fault? CheckOnce(string address, int index) => ToEmails.Take(index).Contains(address, StringComparer.OrdinalIgnoreCase)
        ? Fault.Of($"{nameof(ToEmails)}:{index}", address, "It is there already, and would get each message twice.")
        : null;

    // MailAddress also takes a display name and what follows a line break.
    private static Fault? CheckAddress(string path, string? address) =>
        address is not null && Placeholder.Is(address) ? new Fault(path, SettingRules.Named("is a placeholder", address), "Set it to an address such as alerts@company.com.")
        : MailAddress.TryCreate(address, out MailAddress? mail) && mail.Address == address ? null
        : Fault.Of(path, address, "Set it to an address such as alerts@company.com.");
}
