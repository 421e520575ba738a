using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using Mcp.Monitoring.Alerting.Channels.Transport;
using MimeKit;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>MailKit's client, which also says who was accepted, how far it came, and what is wrong with the server's certificate.</summary>
internal sealed class SmtpSession : SmtpClient, ITransferProgress
{
    private readonly string _host;
    private readonly List<RecipientReply> _replies = [];

    public SmtpSession(string host)
    {
        _host = host;
        // It would ask the authority over the network, on the thread that sends.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = Judge;
    }

    /// <summary>Gets what was answered to each address of the last message.</summary>
    public IReadOnlyList<RecipientReply> Replies => _replies;

    /// <summary>Gets whether some of the last message was sent: from then on it may have arrived, whatever happens.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Gets why the server's certificate was refused.</summary>
    public string? CertificateProblem { get; private set; }

    public void Begin()
    {
        _replies.Clear();
        HasBegun = false;
    }

    void ITransferProgress.Report(long bytesTransferred, long totalSize) => HasBegun |= bytesTransferred > 0;

    void ITransferProgress.Report(long bytesTransferred) => HasBegun |= bytesTransferred > 0;

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Note(mailbox, response);

    // The others are to get it all the same; MailKit's own answer is to throw.
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Note(mailbox, response);

    // A certificate between the server's and its authority that the server does not send would be loaded over the network as well.
    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        SslClientAuthenticationOptions options = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
        options.CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        return options;
    }

    private void Note(MailboxAddress mailbox, SmtpResponse response) => _replies.Add(new(mailbox.Address, (int)response.StatusCode, response.Response));

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        CertificateProblem = errors == SslPolicyErrors.None ? null : CertificateCheck.Words(_host, certificate, chain, errors);
        return errors == SslPolicyErrors.None;
    }
}
