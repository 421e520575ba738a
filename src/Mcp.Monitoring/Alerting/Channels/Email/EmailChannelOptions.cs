using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts by e-mail.</summary>
public sealed class EmailChannelOptions : ISettings
{
    private const int MostReceivers = 50;
    private const int LongestName = 100;
    private const int LongestPath = 1_000;

    /// <summary>Gets or sets whether alerts are sent by e-mail.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="FromEmail"/> or <see cref="ToEmails"/> is set, or the section is in a file. A server
    /// alone (<c>SMTP_SERVER</c>) is the application's own mail and switches nothing on.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the mail server.</summary>
    /// <value>A host name or an address; the default is <see langword="null"/>.</value>
    public string? SmtpServer { get; set; }

    /// <summary>Gets or sets the port of the mail server.</summary>
    /// <value>The default is 587. Valid range: 1 to 65535.</value>
    public int SmtpPort { get; set; } = 587;

    /// <summary>Gets or sets how the conversation is kept secret.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="EmailSecurity.Tls"/> on port 465, else <see cref="EmailSecurity.Starttls"/>. It never falls back to a
    /// weaker one. With <see cref="EmailSecurity.None"/> a password is only sent to this machine itself.</value>
    public EmailSecurity? Security { get; set; }

    /// <summary>Gets or sets the name to sign in with.</summary>
    /// <value>The default is <see langword="null"/>: no sign-in.</value>
    public string? SmtpUsername { get; set; }

    /// <summary>Gets or sets the password to sign in with, a secret.</summary>
    /// <value>The default is <see langword="null"/>; needed with <see cref="SmtpUsername"/>, and only then.</value>
    public string? SmtpPassword { get; set; }

    /// <summary>Gets or sets who the messages come from.</summary>
    /// <value>An address such as <c>alerts@company.com</c>; the default is <see langword="null"/>.</value>
    public string? FromEmail { get; set; }

    /// <summary>Gets or sets the name that is shown beside <see cref="FromEmail"/>.</summary>
    /// <value>1 to 100 characters; the default is <see langword="null"/>: the address alone.</value>
    public string? FromName { get; set; }

    /// <summary>Gets or sets who is told.</summary>
    /// <value>1 to 50 addresses; the default is none.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that a host replaces whole.
    public IList<string> ToEmails { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    /// <summary>Gets or sets the name by which this server greets the mail server.</summary>
    /// <value>A host name or an address; the default is <see langword="null"/>: the domain of <see cref="FromEmail"/>.</value>
    public string? EhloName { get; set; }

    /// <summary>Gets or sets the certificate that this server shows, where the mail server asks for one.</summary>
    /// <value>The path of a PEM or PFX file with the certificate and its key, read for each connection; the default is <see langword="null"/>.</value>
    public string? ClientCertificate { get; set; }

    /// <summary>Gets or sets the password of <see cref="ClientCertificate"/>, a secret.</summary>
    /// <value>The default is <see langword="null"/>: it has none.</value>
    public string? ClientCertificatePassword { get; set; }

    /// <summary>Gets or sets the proxy to the mail server, a secret since it may hold a password.</summary>
    /// <value>An address that begins with <c>http://</c> or <c>socks5://</c>; the default is <see langword="null"/>: none.</value>
    public string? ProxyUrl { get; set; }

    /// <summary>Gets how the conversation is kept secret, also where nothing is said.</summary>
    internal EmailSecurity SecurityInUse => Security ?? (SmtpPort == 465 ? EmailSecurity.Tls : EmailSecurity.Starttls);

    /// <summary>Gets whether the channel is on.</summary>
    internal bool IsOn => Enabled ?? (FromEmail is not null || ToEmails is { Count: > 0 });

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn).Live().OnWhenMentioned(),
        Setting.Text(nameof(SmtpServer), () => SmtpServer, value => SmtpServer = value, "SMTP_SERVER").Live(),
        Setting.Integer(nameof(SmtpPort), () => SmtpPort, value => SmtpPort = value, "SMTP_PORT").Live(),
        Setting.Choice(nameof(Security), () => Security, value => Security = value).Live(),
        Setting.Text(nameof(SmtpUsername), () => SmtpUsername, value => SmtpUsername = value, "SMTP_USERNAME").Live(),
        Setting.Text(nameof(SmtpPassword), () => SmtpPassword, value => SmtpPassword = value, "SMTP_PASSWORD").Live().Secret(),
        Setting.Text(nameof(FromEmail), () => FromEmail, value => FromEmail = value, "ALERT_FROM_EMAIL").Live().TurningOn(),
        Setting.Text(nameof(FromName), () => FromName, value => FromName = value).Live(),
        Setting.List(nameof(ToEmails), () => ToEmails, value => ToEmails = value, "ALERT_TO_EMAILS").Live().TurningOn(),
        Setting.Text(nameof(EhloName), () => EhloName, value => EhloName = value).Live(),
        Setting.Text(nameof(ClientCertificate), () => ClientCertificate, value => ClientCertificate = value).Live(),
        Setting.Text(nameof(ClientCertificatePassword), () => ClientCertificatePassword, value => ClientCertificatePassword = value).Live().Secret(),
        Setting.Text(nameof(ProxyUrl), () => ProxyUrl, value => ProxyUrl = value).Live().Secret(),
    ];

    IEnumerable<Fault> ISettings.Check() => IsOn
        ?
        [
            .. SettingRules.Faults(
                SettingRules.Required(nameof(SmtpServer), SmtpServer, "Set it to the mail server, here or in SMTP_SERVER, or set enabled: false.", isSecret: false)
                    ?? (Uri.CheckHostName(SmtpServer) == UriHostNameType.Unknown ? Fault.Of(nameof(SmtpServer), SmtpServer, "Set it to a host name or an address, without a port.") : null),
                SettingRules.Between(nameof(SmtpPort), SmtpPort, 1, 65535),
                CheckSecurity(),
                CheckSignIn(),
                SettingRules.Required(nameof(FromEmail), FromEmail, "Set it to the sender's address, here or in ALERT_FROM_EMAIL.", isSecret: false) ?? CheckAddress(nameof(FromEmail), FromEmail!),
                CheckName(),
                CheckGreeting(),
                SettingRules.Text(nameof(ClientCertificate), ClientCertificate, LongestPath, "Set it to the path of a PEM or PFX file, or leave it out."),
                ClientCertificatePassword is { Length: > 0 } && string.IsNullOrEmpty(ClientCertificate) ? Fault.Missing(nameof(ClientCertificate), "Set it, or leave its password out as well.") : null,
                ProxyRules.Check(nameof(ProxyUrl), ProxyUrl)),
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

    private Fault? CheckSecurity() => (SecurityInUse, SmtpPort) switch
    {
        (EmailSecurity.None, _) when !string.IsNullOrEmpty(SmtpPassword) && !IsThisMachine(SmtpServer) =>
            new Fault(nameof(Security), "is none, which would send the password in clear", "Set it to starttls or tls, or leave out smtp_username and smtp_password."),
        (EmailSecurity.Starttls or EmailSecurity.None, 465) when Security is not null => Unusual("Port 465 speaks TLS from the first byte: leave it out, or set it to tls."),
        (EmailSecurity.Tls, 587 or 25) => Unusual(string.Create(CultureInfo.InvariantCulture, $"Port {SmtpPort} speaks TLS after STARTTLS only: leave it out, set it to starttls, or set smtp_port to 465.")),
        _ => null,
    };

    private Fault Unusual(string remedy) => Fault.Of(nameof(Security), SecurityInUse.ToString().ToLowerInvariant(), remedy) with { IsWarning = true };

    private static bool IsThisMachine(string? server) => string.Equals(server, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(server, out IPAddress? address) && IPAddress.IsLoopback(address));

    private Fault? CheckName() => FromName is { Length: > 0 } name && name.Any(char.IsControl)
        ? Fault.Of(nameof(FromName), name, "Set it to a name on one line, or leave it out.")
        : SettingRules.Text(nameof(FromName), FromName, LongestName, "Set it to 1 to 100 characters, or leave it out.");

    private Fault? CheckGreeting() => EhloName is { Length: > 0 } name && (Uri.CheckHostName(name) is UriHostNameType.Unknown || !Ascii.IsValid(name))
        ? Fault.Of(nameof(EhloName), name, "Set it to a host name or an address, or leave it out.")
        : null;

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
        : !MailAddress.TryCreate(address, out MailAddress? mail) || mail.Address != address || !MimeKit.MailboxAddress.TryParse(address, out _)
            ? Fault.Of(path, address, "Set it to an address such as alerts@company.com.")
        : !Ascii.IsValid(mail.User) ? Fault.Of(path, address, "Few mail servers take letters before the @ that are not ASCII: set it to an address without.")
        : null;
}
