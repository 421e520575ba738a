using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>Says what is wrong with a server's certificate, as it goes on after "its certificate".</summary>
internal static class CertificateProblem
{
    private const int LongestNames = 120;

    public static string Of(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "is missing";
        }

        X509ChainStatusFlags status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"is valid only from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC. Renew it on the mail server, or set this machine's clock right");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"is for {LineSanitizer.Of(Names(certificate), LongestNames)}. Set alerts.channels.email.smtp_server to a name that it is for";
        }

        string reason = status is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.NoError
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({status})");
        return $"is not trusted{reason}. Have the mail server send its whole chain, and add its authority to those that this machine trusts (SSL_CERT_FILE names a file of them)";
    }

    private static string Names(X509Certificate2 certificate)
    {
        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static names =>
            names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(static address => address.ToString())))];
        return names.Length > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }
}
