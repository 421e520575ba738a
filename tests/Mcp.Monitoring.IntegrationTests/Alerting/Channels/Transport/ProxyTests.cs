using System.Text;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>Requests of channels through proxies, which resolve the name.</summary>
public sealed class ProxyTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_proxy_with_CONNECT_is_asked_for_the_name_and_told_the_password(bool isStarved)
    {
        string? head = null;
        using var server = TinyServer.Answering(Answer);
        using TinyServer proxy = TinyProxy.Http(asked => head = asked);

        HttpReply reply = Send($"http://me:p%40ss@127.0.0.1:{proxy.Port}", server.Port, isStarved);

        Assert.Equal("ok", reply.Body);
        Assert.StartsWith($"CONNECT pager.invalid:{server.Port} HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nProxy-Authorization: Basic {Convert.ToBase64String("me:p@ss"u8)}\r\n", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "me:p@ss")]
    [InlineData(true, "me:p@ss")]
    public void A_proxy_with_SOCKS5_is_asked_for_the_name(bool isStarved, string? signIn)
    {
        string? name = null;
        using var server = TinyServer.Answering(Answer);
        using TinyServer proxy = TinyProxy.Socks(asked => name = asked, signIn);

        HttpReply reply = Send($"socks5://{(signIn is null ? "" : "me:p%40ss@")}127.0.0.1:{proxy.Port}", server.Port, isStarved);

        Assert.Equal(("ok", "pager.invalid"), (reply.Body, name));
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required", "", "the proxy {0} asks for a user and a password")]
    [InlineData("407 Proxy Authentication Required", "me:s3cr3t@", "the proxy {0} refuses the user or the password")]
    [InlineData("503 Service Unavailable", "me:s3cr3t@", "the proxy {0} answered 503 to a connection to pager.invalid:443")]
    public void A_proxy_with_CONNECT_that_refuses_is_said_in_words(string refusal, string signIn, string words)
    {
        using TinyServer proxy = TinyProxy.Http(refusal: refusal);

        Fails($"http://{signIn}127.0.0.1:{proxy.Port}", string.Format(null, words, $"127.0.0.1:{proxy.Port}"));
    }

    [Theory]
    [InlineData("", null, 5, "the proxy {0} made no connection to pager.invalid:443: refused")]
    [InlineData("", null, 2, "the proxy {0} made no connection to pager.invalid:443: not allowed")]
    [InlineData("", "me:other", 0, "the proxy {0} asks for a user and a password")]
    [InlineData("me:s3cr3t@", "me:other", 0, "the proxy {0} refuses the user or the password")]
    public void A_proxy_with_SOCKS5_that_refuses_is_said_in_words(string signIn, string? wants, byte reply, string words)
    {
        using TinyServer proxy = TinyProxy.Socks(signIn: wants, reply: reply);

        Fails($"socks5://{signIn}127.0.0.1:{proxy.Port}", string.Format(null, words, $"127.0.0.1:{proxy.Port}"));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public void A_proxy_that_speaks_something_else_is_said_in_words(string scheme)
    {
        using var proxy = new TinyServer(stream => stream.Write(Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2\r\n\r\n")));

        Fails($"{scheme}://127.0.0.1:{proxy.Port}", $"the proxy 127.0.0.1:{proxy.Port} does not {(scheme == "http" ? "answer in HTTP" : "speak SOCKS5")}");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public void A_proxy_that_is_not_there_is_said_in_words(string scheme)
    {
        int port;
        using (TinyServer proxy = TinyProxy.Http())
        {
            port = proxy.Port;
        }

        Fails($"{scheme}://127.0.0.1:{port}", $"the proxy: connection to 127.0.0.1:{port} refused");
    }

    [Fact]
    public void A_proxy_is_not_asked_for_a_link_local_address()
    {
        using TinyServer proxy = TinyProxy.Http();
        using var transport = new HttpTransport($"http://127.0.0.1:{proxy.Port}");

        var failure = Assert.Throws<SendFailedException>(() => transport.Connect(new Uri("https://169.254.169.254/"), TestContext.Current.CancellationToken));

        Assert.Equal("169.254.169.254 is a link-local address, to which nothing is sent", failure.Message);
        Assert.Equal(0, proxy.Count);
    }

    private static void Fails(string proxyUrl, string words)
    {
        foreach (bool isStarved in new[] { false, true })
        {
            var failure = Assert.Throws<SendFailedException>(() => Send(proxyUrl, 443, isStarved));

            Assert.Equal((words, false), (failure.Message, failure.MayHaveArrived));
            Assert.DoesNotContain("s3cr3t", failure.ToString(), StringComparison.Ordinal);
        }
    }

    private static HttpReply Send(string proxyUrl, int port, bool isStarved)
    {
        using var transport = new HttpTransport(proxyUrl);
        using var stop = new CancellationTokenSource(Limit);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://pager.invalid:{port}/hook")) { Content = new StringContent("{}") };
        return transport.Send(request, isStarved, stop.Token);
    }
}
