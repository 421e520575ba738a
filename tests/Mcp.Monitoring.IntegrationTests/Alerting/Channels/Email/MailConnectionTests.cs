using System.Net;
using System.Net.Sockets;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.KilledProcess;

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
    [InlineData("200 Connection established", DeliveryStatus.Delivered)]
    [InlineData("407 Proxy Authentication Required", DeliveryStatus.Retry)]
    public async Task Mail_goes_through_a_proxy_whose_password_is_in_no_error(string answer, DeliveryStatus expected)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        Task<string> asked = TunnelAsync(proxy, answer, sink.Port);
        using EmailChannel channel = Mails.Channel(new MailSettings(sink.Port)
        {
            Server = "mail.example.test",
            Security = EmailSecurity.None,
            ProxyUrl = $"http://user:pr0xy-p4ssword@127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}",
        });

        DeliveryResult result = await Task.Run(() => channel.Send(Mails.Message(), Stop), Stop);

        Assert.Equal(expected, result.Status);
        Assert.DoesNotContain("pr0xy-p4ssword", result.Error ?? "", StringComparison.Ordinal);
        Assert.StartsWith($"CONNECT mail.example.test:{sink.Port} HTTP/1.1", await asked, StringComparison.Ordinal);
        Assert.Equal(expected == DeliveryStatus.Delivered ? 1 : 0, await sink.CountAsync("mail"));
    }

    // It ends with the listener or with the one connection that it carries.
    private static async Task<string> TunnelAsync(TcpListener proxy, string answer, int port)
    {
        using TcpClient from = await proxy.AcceptTcpClientAsync(Stop);
        NetworkStream stream = from.GetStream();
        byte[] head = new byte[4_096];
        int read = 0;
        while (!Encoding.ASCII.GetString(head, 0, read).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int more = await stream.ReadAsync(head.AsMemory(read), Stop);
            Assert.True(more > 0, "The request ended early.");
            read += more;
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\n\r\n"), Stop);
        if (answer.StartsWith("200", StringComparison.Ordinal))
        {
            using var to = new TcpClient();
            await to.ConnectAsync(IPAddress.Loopback, port, Stop);
            NetworkStream server = to.GetStream();
            Task away = stream.CopyToAsync(server, Stop), back = server.CopyToAsync(stream, Stop);
            await Task.WhenAny(away, back);
        }

        return Encoding.ASCII.GetString(head, 0, read);
    }
}
