using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>Certificates of servers that a test runs.</summary>
internal static class TestCertificate
{
    /// <summary>Makes a certificate that nobody but the test knows.</summary>
    /// <param name="name">The name that it is for, or an address.</param>
    /// <param name="from">How many days from now it begins.</param>
    /// <param name="until">How many days from now it ends.</param>
    /// <param name="hasIssuer">Whether another one has signed it.</param>
    public static X509Certificate2 Make(string name, int from = -10, int until = 10, bool hasIssuer = false)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2048);
        CertificateRequest request = Request($"CN={name}", key);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        if (!hasIssuer)
        {
            return request.CreateSelfSigned(now.AddDays(from), now.AddDays(until));
        }

        using var issuerKey = RSA.Create(2048);
        CertificateRequest issuer = Request("CN=Shop CA", issuerKey);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using X509Certificate2 signer = issuer.CreateSelfSigned(now.AddDays(-100), now.AddDays(100));
        using X509Certificate2 signed = request.Create(signer, now.AddDays(from), now.AddDays(until), [1, 2, 3, 4]);
        return signed.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string name, RSA key) => new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
