using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>Takes the certificates that the framework takes, and says in words what is wrong with the others.</summary>
internal static class CertificateCheck
{
    /// <summary>Returns how TLS is begun.</summary>
    /// <param name="fetchesCertificates">Whether an issuer's certificate that the host left out is fetched; that takes threads of the pool.</param>
    public static SslClientAuthenticationOptions Options(bool fetchesCertificates) => new()
    {
        RemoteCertificateValidationCallback = static (stream, certificate, chain, errors) => errors == SslPolicyErrors.None
            ? true
            : throw new SendFailedException(Words(((SslStream)stream).TargetHostName, certificate, chain, errors), mayHaveArrived: false),
        CertificateChainPolicy = fetchesCertificates ? null : new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
    };

    /// <summary>Says why a certificate is not taken.</summary>
    public static string Words(string host, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 shown || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return $"{host} showed no certificate";
        }

        X509ChainStatusFlags status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid) && OutOfTime(chain!) is { } outOfTime)
        {
            return $"the certificate of {host} {outOfTime}";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"the certificate of {host} is for another name: {Names(shown)}";
        }

        return shown.SubjectName.RawData.AsSpan().SequenceEqual(shown.IssuerName.RawData)
            ? $"the certificate of {host} is not trusted: it is self-signed"
            : (status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != X509ChainStatusFlags.NoError
                ? $"the certificate of {host} is not trusted: its issuer is unknown here ({Printable.Cut(shown.GetNameInfo(X509NameType.SimpleName, forIssuer: true))})"
                : $"the certificate of {host} is not valid: {status}";
    }

    private static string? OutOfTime(X509Chain chain)
    {
        foreach (X509ChainElement element in chain.ChainElements)
        {
            if (!element.ChainElementStatus.Any(static one => one.Status == X509ChainStatusFlags.NotTimeValid))
            {
                continue;
            }

            X509Certificate2 certificate = element.Certificate;
            string whose = ReferenceEquals(element, chain.ChainElements[0]) ? "" : "has an issuer's that ";
            return certificate.NotBefore > chain.ChainPolicy.VerificationTime
                ? whose + string.Create(CultureInfo.InvariantCulture, $"is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} UTC: is the clock of this machine right?")
                : whose + string.Create(CultureInfo.InvariantCulture, $"expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        }

        return null;
    }

    private static string Names(X509Certificate2 certificate)
    {
        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(static address => address.ToString()))).Take(3)];
        return Printable.Cut(names.Length > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }
}
