using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>Connections of channels, where a name has several addresses.</summary>
public sealed class ChannelSocketTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void An_address_that_never_answers_does_not_take_the_time_of_the_one_beside_it()
    {
        using var server = new TinyServer(static _ => { });
        using var hole = new UnansweredPort(IPAddress.Parse("127.0.0.2"), server.Port);
        using var stop = new CancellationTokenSource(Limit);
        long start = Stopwatch.GetTimestamp();

        using Socket socket = ChannelSocket.Connect("pager.example.com", server.Port, proxy: null, static _ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], stop.Token);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void An_address_that_refuses_is_followed_by_the_next()
    {
        using var server = new TinyServer(static _ => { });

        using Socket socket = ChannelSocket.Connect(
            "pager.example.com", server.Port, proxy: null, static _ => [IPAddress.Parse("127.0.0.3"), IPAddress.Loopback], TestContext.Current.CancellationToken);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address);
    }

    [Fact]
    public void What_is_connected_blocks_and_has_no_limit_left()
    {
        using var server = new TinyServer(static _ => { });

        using Socket socket = ChannelSocket.Connect("127.0.0.1", server.Port, proxy: null, TestContext.Current.CancellationToken);

        Assert.Equal((true, 0, 0), (socket.Blocking, socket.SendTimeout, socket.ReceiveTimeout));
    }

    [Fact]
    public void A_name_server_that_does_not_answer_is_given_up_when_it_is_told_to()
    {
        using var ended = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var failure = Assert.Throws<SendFailedException>(() => ChannelSocket.Connect(
            "pager.example.com",
            443,
            proxy: null,
            _ =>
            {
                ended.Wait(TimeSpan.FromSeconds(20));
                return [IPAddress.Loopback];
            },
            stop.Token));
        ended.Set();

        Assert.Equal("pager.example.com did not resolve within 1 s: the name server does not answer", failure.Message);
    }

    [Fact]
    public void A_name_that_leads_to_a_link_local_address_is_not_connected_to()
    {
        var failure = Assert.Throws<SendFailedException>(() => ChannelSocket.Connect(
            "pager.example.com", 443, proxy: null, static _ => [IPAddress.Parse("169.254.169.254"), IPAddress.Parse("::ffff:169.254.169.254"), IPAddress.Parse("fe80::1")], CancellationToken.None));

        Assert.Equal("pager.example.com is a link-local address, to which nothing is sent", failure.Message);
    }
}
