using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>Nothing is sent to a server that is not who it says, nor in clear where it was to be secret; and it is said in words.</summary>
public sealed class MailTlsTests
{
    [Theory]
    [InlineData(EmailSecurity.Starttls, false)]
    [InlineData(EmailSecurity.Tls, true)]
    public async Task Certificate_that_is_over_is_said_in_words(EmailSecurity security, bool secure)
    {
        using var over = new MailCertificate(from: -30, to: -2);
        await RefusesAsync(over, trusted: over, security, secure, "email: the certificate of localhost expired on ", "Put it right on the mail server localhost:");
    }

    [Theory]
    [InlineData(EmailSecurity.Starttls, false)]
    [InlineData(EmailSecurity.Tls, true)]
    public async Task Certificate_of_an_unknown_authority_is_said_in_words(EmailSecurity security, bool secure)
    {
        using var own = new MailCertificate();
        using var other = new MailCertificate();
        await RefusesAsync(own, trusted: other, security, secure, "the certificate of localhost is not trusted: it is self-signed.", "SSL_CERT_FILE");
    }

    [Theory]
    [InlineData(EmailSecurity.Starttls, false)]
    [InlineData(EmailSecurity.Tls, true)]
    public async Task Certificate_for_another_name_is_said_in_words(EmailSecurity security, bool secure)
    {
        using var other = new MailCertificate("mail.example.test");
        await RefusesAsync(other, trusted: other, security, secure, "the certificate of localhost is for another name: mail.example.test.", "set alerts.channels.email.smtp_server to the name that it is for");
    }

    [Fact]
    public async Task Server_without_STARTTLS_is_told_nothing()
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { auth = "bot:s3cr3t" });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink));

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.Equal("Permanent", outcome.Status);
        Assert.Contains($"email: the mail server localhost:{sink.Port} offers no STARTTLS, and nothing is sent in clear. Set alerts.channels.email.security to tls", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, await sink.CountAsync("auth") + await sink.CountAsync("data"));
    }

    [Fact]
    public async Task Port_that_speaks_TLS_from_the_first_byte_is_said_in_words()
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { secure = true, key = certificate.Key, cert = certificate.Certificate });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink));

        // The server may know of a connection a moment before the channel does: what is ended then is the connecting.
        MailOutcome outcome;
        int connections = 0;
        do
        {
            outcome = await process.HangAsync(Mails.Message(), () => sink.NextAsync("tcp"));
        }
        while (++connections < 10 && outcome.Error!.Contains("Check alerts.channels.email.smtp_server and smtp_port", StringComparison.Ordinal));

        Assert.Equal("Retry", outcome.Status);
        Assert.Contains("did not greet in time. If the port speaks TLS from the first byte, set alerts.channels.email.security to tls.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_speaks_TLS_after_STARTTLS_only_is_said_in_words()
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { starttls = true, key = certificate.Key, cert = certificate.Certificate });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink) with { Security = EmailSecurity.Tls });

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.Equal("Retry", outcome.Status);
        Assert.Contains("If it speaks TLS only after STARTTLS, set alerts.channels.email.security to starttls.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_that_hangs_within_TLS_holds_a_call_no_longer_than_its_limit(bool secure)
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { secure, starttls = !secure, auth = "bot:s3cr3t", key = certificate.Key, cert = certificate.Certificate });
        await sink.ScriptAsync(new { silent = "end" });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink) with { Security = secure ? EmailSecurity.Tls : EmailSecurity.Starttls });

        MailOutcome outcome = await process.HangAsync(Mails.Message(), () => sink.NextAsync("end"));

        Assert.Equal("Unknown", outcome.Status);
        Assert.Contains("did not answer in time", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sign_in_goes_by_LOGIN_where_there_is_no_PLAIN_and_a_wrong_password_is_tried_once(bool isRight)
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { starttls = true, auth = "bot:s3cr3t", login = true, key = certificate.Key, cert = certificate.Certificate });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink) with { Password = isRight ? "s3cr3t" : "wr0ng" });

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.Equal(isRight ? "Delivered" : "Permanent", outcome.Status);
        Assert.Equal("LOGIN", (await sink.NextAsync("auth")).GetProperty("method").GetString());
        Assert.Equal(1, await sink.CountAsync("auth"));
    }

    [Fact]
    public async Task Sign_in_that_is_busy_is_tried_again()
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { starttls = true, auth = "bot:s3cr3t", key = certificate.Key, cert = certificate.Certificate });
        await sink.ScriptAsync(new { auth = "454 4.7.0 temporary failure" });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink));

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.Equal("Retry", outcome.Status);
        Assert.Contains("cannot sign in now: 454", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_repeats_what_it_was_sent_puts_no_password_into_an_error()
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { starttls = true, auth = "bot:s3cr3t", key = certificate.Key, cert = certificate.Certificate });
        string sent = Convert.ToBase64String("\0bot\0wr0ng-p4ssword"u8);
        await sink.ScriptAsync(new { auth = $"535 5.7.8 {sent} (wr0ng-p4ssword) is wrong" });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink) with { Password = "wr0ng-p4ssword" });

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.Equal("Permanent", outcome.Status);
        Assert.DoesNotContain("wr0ng-p4ssword", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(sent, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("pfx")]
    public async Task Certificate_of_this_server_is_shown(string form)
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync(new { secure = true, key = certificate.Key, cert = certificate.Certificate, clientCa = certificate.Certificate });
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink) with
        {
            Security = EmailSecurity.Tls,
            User = null,
            Password = null,
            ClientCertificate = form == "pem" ? certificate.Both : certificate.Pfx,
            ClientCertificatePassword = form == "pem" ? null : MailCertificate.PfxPassword,
        });

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.True(outcome.Status == "Delivered", outcome.Error);
        Assert.Equal("localhost", (await sink.MailAsync()).Client);
    }

    [Fact]
    public async Task Certificate_of_this_server_that_cannot_be_read_is_said_in_words()
    {
        using var certificate = new MailCertificate();
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using MailProcess process = MailProcess.Start(certificate, Settings(sink) with { ClientCertificate = certificate.Pfx, ClientCertificatePassword = "an0ther-p4ssword" });

        MailOutcome outcome = await process.CheckAsync();

        Assert.Equal("Permanent", outcome.Status);
        Assert.Contains($"email: the client certificate {certificate.Pfx} cannot be used: ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("an0ther-p4ssword", outcome.Error, StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(MailCertificate certificate, MailCertificate trusted, EmailSecurity security, bool secure, params string[] words)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync(new { secure, starttls = !secure, auth = "bot:s3cr3t", key = certificate.Key, cert = certificate.Certificate });
        await using MailProcess process = MailProcess.Start(trusted, Settings(sink) with { Security = security });

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.Equal("Permanent", outcome.Status);
        Assert.All(words, said => Assert.Contains(said, outcome.Error, StringComparison.Ordinal));
        Assert.Equal(0, await sink.CountAsync("auth") + await sink.CountAsync("data"));
    }

    private static MailSettings Settings(SmtpSink sink) => new(sink.Port) { Security = EmailSecurity.Starttls, User = "bot", Password = "s3cr3t" };
}
