using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Infrastructure.Validation;

public class OutgoingAddressTests
{
    private const string LinkLocal = "is a link-local address, to which nothing is sent", Public = "is plain http to a public host", NoUrl = "is not an URL";

    [Theory]
    [InlineData("https://sentry.example.com/1")]
    [InlineData("HTTPS://sentry.example.com/1")]
    [InlineData("https://8.8.8.8")]
    [InlineData("https://[2001:db8::1]:4317")]
    [InlineData("https://localhost")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://collector")]
    public void Https_may_go_anywhere(string address)
    {
        Assert.Null(OutgoingAddress.ProblemOf(address));
    }

    [Theory]
    [InlineData("http://localhost:4317")]
    [InlineData("http://127.0.0.1:4317")]
    [InlineData("http://127.255.255.255")]
    [InlineData("http://[::1]:4317")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    [InlineData("http://10.0.0.0")]
    [InlineData("http://10.255.255.255")]
    [InlineData("http://172.16.0.0")]
    [InlineData("http://172.31.255.255")]
    [InlineData("http://192.168.0.0")]
    [InlineData("http://192.168.255.255")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://[fc00::1]")]
    [InlineData("http://[fdff::1]")]
    [InlineData("http://collector:4317")]
    [InlineData("HTTP://collector:4317")]
    public void Plain_http_may_stay_inside(string address)
    {
        Assert.Null(OutgoingAddress.ProblemOf(address));
    }

    [Theory]
    [InlineData("http://collector.example.com:4317")]
    [InlineData("http://8.8.8.8")]
    [InlineData("http://9.255.255.255")]
    [InlineData("http://11.0.0.0")]
    [InlineData("http://172.15.255.255")]
    [InlineData("http://172.32.0.0")]
    [InlineData("http://192.167.255.255")]
    [InlineData("http://192.169.0.0")]
    [InlineData("http://134744072")]
    [InlineData("http://0x08080808")]
    [InlineData("http://010.010.010.010")]
    [InlineData("http://[2001:db8::1]")]
    [InlineData("http://[fbff::1]")]
    [InlineData("http://[fe00::1]")]
    [InlineData("http://[::ffff:8.8.8.8]")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://localhost@example.com")]
    [InlineData("http://example.com#@localhost")]
    public void Plain_http_may_not_go_outside(string address)
    {
        Assert.Equal(Public, OutgoingAddress.ProblemOf(address));
    }

    [Theory]
    [InlineData("169.254.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.255.255")]
    [InlineData("2852039166")]
    [InlineData("0xA9FEA9FE")]
    [InlineData("0251.0376.0251.0376")]
    [InlineData("0xa9.254.43518")]
    [InlineData("169.254.43518")]
    [InlineData("169.16689662")]
    [InlineData("[fe80::1]")]
    [InlineData("[febf::1]")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("[::ffff:a9fe:a9fe]")]
    [InlineData("[0:0:0:0:0:ffff:a9fe:a9fe]")]
    [InlineData("user@169.254.169.254")]
    public void Nothing_goes_to_a_link_local_address_however_it_is_written(string host)
    {
        Assert.Equal(LinkLocal, OutgoingAddress.ProblemOf($"https://{host}/latest"));
        Assert.Equal(LinkLocal, OutgoingAddress.ProblemOf($"http://{host}:4317/latest"));
    }

    [Theory]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("[fec0::1]")]
    public void Neighbours_of_link_local_addresses_are_none(string host)
    {
        Assert.Null(OutgoingAddress.ProblemOf($"https://{host}/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("collector")]
    [InlineData("collector:4317")]
    [InlineData("/v1/traces")]
    [InlineData("https://")]
    [InlineData("https:///path")]
    [InlineData("https://:443")]
    [InlineData("https://collector:port")]
    [InlineData("https://collector:65536")]
    [InlineData("https://two words")]
    public void Text_without_a_host_is_no_url(string address)
    {
        Assert.Equal(NoUrl, OutgoingAddress.ProblemOf(address));
    }

    [Theory]
    [InlineData("ftp://collector", "ftp")]
    [InlineData("grpc://collector:4317", "grpc")]
    [InlineData("ws://collector", "ws")]
    [InlineData("file://server/share", "file")]
    [InlineData("smtp://169.254.169.254", "smtp")]
    public void Other_schemes_are_named(string address, string scheme)
    {
        Assert.Equal($"begins with {scheme} instead of https", OutgoingAddress.ProblemOf(address));
    }

    [Fact]
    public void Very_long_scheme_is_cut()
    {
        Assert.True(OutgoingAddress.ProblemOf(new string('s', 1_000) + "://host")!.Length < 200);
    }

    [Theory]
    [InlineData("http://collector", true)]
    [InlineData("HTTP://collector", true)]
    [InlineData("https://collector", false)]
    [InlineData("http://localhost:4317", false)]
    [InlineData("http://127.0.0.1:4317", false)]
    [InlineData("http://[::1]:4317", false)]
    public void Only_plain_http_that_leaves_the_machine_can_be_read_on_the_way(string address, bool isPlain)
    {
        Assert.Equal(isPlain, OutgoingAddress.IsReadable(address));
    }

    [Theory]
    [InlineData("http://collector.observability.svc:4317")]
    [InlineData("http://collector.observability.svc.cluster.local:4317")]
    [InlineData("http://collector.local")]
    [InlineData("http://host.docker.internal:9411")]
    [InlineData("http://router.home.arpa")]
    [InlineData("http://100.64.0.7")]
    public void Domain_that_no_public_server_has_is_inside(string address)
    {
        Assert.Null(OutgoingAddress.ProblemOf(address));
    }

    [Theory]
    [InlineData("http://svc.company.com")]
    [InlineData("http://local.company.com")]
    [InlineData("http://100.63.255.255")]
    [InlineData("http://100.128.0.1")]
    public void Domain_that_only_looks_like_one_is_not(string address)
    {
        Assert.Equal("is plain http to a public host", OutgoingAddress.ProblemOf(address));
    }
}
