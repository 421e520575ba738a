using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>A certificate for the loopback address, and a file that makes a process trust it.</summary>
internal sealed class SelfSigned : IDisposable
{
    public SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(TrustFile, Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Gets what the variable <c>SSL_CERT_FILE</c> names.</summary>
    public string TrustFile { get; } = Path.GetTempFileName();

    public void Dispose()
    {
        Certificate.Dispose();
        File.Delete(TrustFile);
    }
}
