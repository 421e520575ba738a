using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>The certificate that this server shows to the mail server, from a file in PEM or PFX with its key.</summary>
internal static class ClientCertificate
{
    /// <exception cref="MailFailedException">The file cannot be used.</exception>
    public static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.AsSpan().IndexOf("-----BEGIN "u8) < 0)
            {
                return X509CertificateLoader.LoadPkcs12(bytes, password);
            }

            string pem = Encoding.UTF8.GetString(bytes);
            return password is null ? X509Certificate2.CreateFromPem(pem, pem) : X509Certificate2.CreateFromEncryptedPem(pem, pem, password);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw MailFailure.Permanent($"the client certificate {path} cannot be used: {fault.Message.TrimEnd('.')}. Set alerts.channels.email.client_certificate to a PEM or PFX file with a certificate and its key, and client_certificate_password if it has one", fault);
        }
    }
}
