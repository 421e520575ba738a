using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Transport;

public class HostAddressesTests
{
    [Theory]
    [InlineData("2001:db8::1 2001:db8::2 2001:db8::3 192.0.2.1", "2001:db8::1 192.0.2.1 2001:db8::2 2001:db8::3")]
    [InlineData("192.0.2.1 192.0.2.2 2001:db8::1", "192.0.2.1 2001:db8::1 192.0.2.2")]
    [InlineData("192.0.2.1 192.0.2.2", "192.0.2.1 192.0.2.2")]
    [InlineData("169.254.169.254 192.0.2.1 fe80::1 ::ffff:169.254.0.1", "192.0.2.1")]
    public void Families_take_turns_and_link_local_addresses_are_left_out(string resolved, string expected)
    {
        IReadOnlyList<IPAddress> addresses = HostAddresses.Of("pager.example.com", _ => [.. resolved.Split(' ').Select(IPAddress.Parse)], CancellationToken.None);

        Assert.Equal(expected, string.Join(' ', addresses));
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData("[2001:db8::7]")]
    public void An_address_is_not_asked_for(string host)
    {
        IPAddress address = Assert.Single(HostAddresses.Of(host, static _ => throw new InvalidOperationException(), CancellationToken.None));

        Assert.Equal(host.Trim('[', ']'), address.ToString());
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "pager.example.com does not resolve")]
    [InlineData(SocketError.NoData, "pager.example.com does not resolve")]
    [InlineData(SocketError.TryAgain, "pager.example.com does not resolve now: the name server does not answer")]
    public void A_name_that_is_not_known_is_said_in_words(SocketError error, string words)
    {
        var failure = Assert.Throws<SendFailedException>(() => HostAddresses.Of("pager.example.com", _ => throw new SocketException((int)error), CancellationToken.None));

        Assert.Equal((words, false), (failure.Message, failure.MayHaveArrived));
    }

    [Fact]
    public void A_name_without_addresses_does_not_resolve()
    {
        Assert.Equal("pager.example.com does not resolve", Assert.Throws<SendFailedException>(() => HostAddresses.Of("pager.example.com", static _ => [], CancellationToken.None)).Message);
    }

    [Theory]
    [InlineData("pager.example.com", 443, "pager.example.com:443")]
    [InlineData("::1", 25, "[::1]:25")]
    [InlineData("[::1]", 25, "[::1]:25")]
    public void Messages_name_host_and_port(string host, int port, string expected)
    {
        Assert.Equal(expected, new HostAndPort(host, port).ToString());
    }
}
