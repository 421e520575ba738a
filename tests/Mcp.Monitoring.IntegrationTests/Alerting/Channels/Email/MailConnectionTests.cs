using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.KilledProcess;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>The way to the mail server: a port where nobody listens, a name that there is not, a proxy.</summary>
public sealed class MailConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Port_where_nobody_listens_is_said_in_words()
    {
        int port = FreePort.Find();
        using EmailChannel channel = Mails.Channel(port, ["ops@example.test"]);

        DeliveryResult result = channel.Send(Mails.Message(), Stop);

        Assert.Equal(DeliveryStatus.Retry, result.Status);
        Assert.Equal($"email: connection to 127.0.0.1:{port} refused. Check alerts.channels.email.smtp_server and smtp_port, and whether this machine may connect there.", result.Error);
        Assert.Equal(result, channel.Check(Stop));
    }

    [Fact]
    public void Name_that_there_is_not_is_said_in_words()
    {
        using EmailChannel channel = Mails.Channel(new MailSettings(587) { Server = "nowhere.invalid" });

        DeliveryResult result = channel.Send(Mails.Message(), Stop);

        Assert.Equal(DeliveryStatus.Retry, result.Status);
        Assert.Matches("^email: nowhere[.]invalid (does not|did not) resolve.*[.] Check alerts[.]channels[.]email[.]smtp_server", result.Error);
    }

    [Theory]
    [InlineData(null, "example.test")]
    [InlineData("orders.company.com", "orders.company.com")]
    [InlineData("192.0.2.7", "[192.0.2.7]")]
    public async Task Server_is_greeted_by_the_name_of_the_setting_or_by_the_domain_of_the_sender(string? setting, string expected)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        using EmailChannel channel = Mails.Channel(new MailSettings(sink.Port) { Server = "127.0.0.1", Security = EmailSecurity.None, EhloName = setting });

        Assert.Equal(DeliveryStatus.Delivered, channel.Send(Mails.Message(), Stop).Status);

        Assert.Equal(expected, (await sink.MailAsync()).Ehlo);
    }

    [Theory]
    [InlineData(EmailSecurity.Starttls, "no greeting from mail.example.test:465: port 465 speaks TLS from the first byte: set alerts.channels.email.security to tls.")]
    [InlineData(EmailSecurity.None, "no greeting from mail.example.test:465: port 465 speaks TLS from the first byte: set alerts.channels.email.security to tls.")]
    [InlineData(EmailSecurity.Tls, "the certificate of mail.example.test is ")]
    public void Port_465_that_speaks_TLS_from_the_first_byte_is_said_in_words_to_whoever_waits_for_a_greeting(EmailSecurity security, string expected)
    {
        using X509Certificate2 certificate = TestCertificate.Make("other.example.test");
        using var server = new TinyServer(stream =>
        {
            // As such servers do with whoever says nothing, sooner.
            stream.ReadTimeout = 500;
            using var secured = new SslStream(stream);
            secured.AuthenticateAsServer(certificate);
            secured.ReadByte();
        });

        DeliveryResult result = SendTo(465, server.Port, security);

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.StartsWith($"email: {expected}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(587)]
    [InlineData(25)]
    public async Task Port_587_that_greets_in_clear_is_said_in_words_to_whoever_speaks_TLS_at_once(int port)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();

        DeliveryResult result = await Task.Run(() => SendTo(port, sink.Port, EmailSecurity.Tls), Stop);

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.Equal($"email: port {port} of mail.example.test does not speak TLS from the first byte: set alerts.channels.email.security to starttls, or smtp_port to 465.", result.Error);
        Assert.Equal(0, await sink.CountAsync("data"));
    }

    [Theory]
    [InlineData(null, DeliveryStatus.Delivered)]
    [InlineData("407 Proxy Authentication Required", DeliveryStatus.Retry)]
    public async Task Mail_goes_through_a_proxy_whose_password_is_in_no_error(string? refusal, DeliveryStatus expected)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        string asked = "";
        using TinyServer proxy = TinyProxy.Http(head => asked = head, refusal);
        using EmailChannel channel = Mails.Channel(new MailSettings(sink.Port)
        {
            Server = "mail.example.test",
            Security = EmailSecurity.None,
            ProxyUrl = $"http://user:pr0xy-p4ssword@127.0.0.1:{proxy.Port}",
        });

        DeliveryResult result = channel.Send(Mails.Message(), Stop);

        Assert.Equal(expected, result.Status);
        Assert.DoesNotContain("pr0xy-p4ssword", result.Error ?? "", StringComparison.Ordinal);
        Assert.StartsWith($"CONNECT mail.example.test:{sink.Port} HTTP/1.1", asked, StringComparison.Ordinal);
        Assert.Equal(expected == DeliveryStatus.Delivered ? 1 : 0, await sink.CountAsync("mail"));
    }

    // No test may listen on such a port; a proxy leads there.
    private static DeliveryResult SendTo(int port, int listener, EmailSecurity security)
    {
        using TinyServer proxy = TinyProxy.Http(port: listener);
        using EmailChannel channel = Mails.Channel(new MailSettings(port) { Server = "mail.example.test", Security = security, ProxyUrl = $"http://127.0.0.1:{proxy.Port}" });
        return channel.Send(Mails.Message(), Stop);
    }
}
