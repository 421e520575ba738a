using System.Globalization;
using System.Net.Mail;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>The mail server, and how it is spoken to. Two that are equal can share a connection.</summary>
internal sealed record MailServer(
    string Host,
    int Port,
    EmailSecurity Security,
    string EhloName,
    string? UserName,
    string? Password,
    string? ClientCertificate,
    string? ClientCertificatePassword,
    string? ProxyUrl)
{
    public static MailServer Of(EmailChannelOptions options) => new(
        options.SmtpServer!,
        options.SmtpPort,
        options.SecurityInUse,
        NullIfEmpty(options.EhloName) ?? DomainOf(options.FromEmail!),
        NullIfEmpty(options.SmtpUsername),
        NullIfEmpty(options.SmtpPassword),
        NullIfEmpty(options.ClientCertificate),
        NullIfEmpty(options.ClientCertificatePassword),
        NullIfEmpty(options.ProxyUrl));

    /// <summary>Gets the domain of an address, in ASCII as it goes over the wire.</summary>
    public static string DomainOf(string address)
    {
        string domain = new MailAddress(address).Host;
        return System.Text.Ascii.IsValid(domain) ? domain : new IdnMapping().GetAscii(domain);
    }

    /// <summary>Says where it is; the secrets stay out.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    // Templates of a server without sign-in leave what they do not need empty.
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
