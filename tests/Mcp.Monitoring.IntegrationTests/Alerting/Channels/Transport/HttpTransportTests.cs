using System.Net.Sockets;
using System.Text;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>Requests of channels over real sockets, on both ways: the framework's, and the one that blocks.</summary>
public sealed class HttpTransportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_is_read_with_its_status_and_body(bool isStarved)
    {
        string? asked = null;
        using var server = TinyServer.Answering("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello", request => asked = request);

        HttpReply reply = Send(server.Address, isStarved, "привет");

        Assert.Equal((201, "hello"), (reply.Status, reply.Body));
        Assert.StartsWith("POST /path-of-the-token?query=secret HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: 127.0.0.1:{server.Port}\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8\r\n", asked, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nпривет", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chunked_answer_is_put_together(bool isStarved)
    {
        using var server = TinyServer.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: 1\r\n\r\n");

        Assert.Equal("hello!", Send(server.Address, isStarved).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_a_long_answer_64_KiB_are_read(bool isStarved)
    {
        using var server = TinyServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n{new string('a', 9_000_000)}");

        Assert.Equal(64 * 1024, Send(server.Address, isStarved).Body.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_refused_connection_is_said_in_words_and_nothing_has_arrived(bool isStarved)
    {
        int port;
        using (var server = TinyServer.Answering(""))
        {
            port = server.Port;
        }

        var failure = Assert.Throws<SendFailedException>(() => Send(new Uri($"http://127.0.0.1:{port}/secret"), isStarved));

        Assert.Equal(($"connection to 127.0.0.1:{port} refused", false), (failure.Message, failure.MayHaveArrived));
    }

    private static HttpReply Send(Uri address, bool isStarved, string body = "{}", string? proxy = null)
    {
        using var transport = new HttpTransport(proxy);
        using var stop = new CancellationTokenSource(Limit);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return transport.Send(request, isStarved, stop.Token);
    }
}
