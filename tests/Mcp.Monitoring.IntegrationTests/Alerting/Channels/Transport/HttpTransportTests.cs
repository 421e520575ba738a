using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>Requests of channels over real sockets, on both ways: the framework's, and the one that blocks.</summary>
public sealed class HttpTransportTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20), Short = TimeSpan.FromMilliseconds(700);

    public static TheoryData<bool> Ways { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_answer_is_read_with_its_status_and_body(bool isStarved)
    {
        string? asked = null;
        using var server = TinyServer.Answering("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello", request => asked = request);

        HttpReply reply = Send(server.Address, isStarved, "привет");

        Assert.Equal((201, "hello"), (reply.Status, reply.Body));
        Assert.StartsWith("POST /path-of-the-token?query=secret HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: 127.0.0.1:{server.Port}\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: Mcp.Monitoring/", asked, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nпривет", asked, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_chunked_answer_is_put_together(bool isStarved)
    {
        using var server = TinyServer.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: 1\r\n\r\n");

        Assert.Equal("hello!", Send(server.Address, isStarved).Body);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_answer_without_a_length_goes_on_to_the_end_of_the_connection(bool isStarved)
    {
        using var server = TinyServer.Answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");

        Assert.Equal("to the end", Send(server.Address, isStarved).Body);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Of_a_long_answer_64_KiB_are_read(bool isStarved)
    {
        using var server = TinyServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n{new string('a', 9_000_000)}");

        Assert.Equal(64 * 1024, Send(server.Address, isStarved).Body.Length);
    }

    [Theory]
    [InlineData(false, "Content-Length: 9\r\n\r\nhell")]
    [InlineData(true, "Content-Length: 9\r\n\r\nhell")]
    [InlineData(false, "Transfer-Encoding: chunked\r\n\r\n9\r\nhell")]
    [InlineData(true, "Transfer-Encoding: chunked\r\n\r\n9\r\nhell")]
    [InlineData(false, "X-Header: hel")]
    [InlineData(true, "X-Header: hel")]
    public void An_answer_that_is_cut_may_have_been_one(bool isStarved, string rest)
    {
        using var server = TinyServer.Answering($"HTTP/1.1 200 OK\r\n{rest}");

        Fails(server.Address, isStarved, $"127.0.0.1:{server.Port} cut the connection", mayHaveArrived: true);
    }

    [Theory]
    [InlineData(false, "SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData(true, "SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData(true, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    [InlineData(true, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n")]
    public void Who_speaks_something_else_is_told(bool isStarved, string answer)
    {
        using var server = TinyServer.Answering(answer);

        Fails(server.Address, isStarved, $"127.0.0.1:{server.Port} does not answer in HTTP", mayHaveArrived: true);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_redirect_is_not_followed(bool isStarved)
    {
        using var elsewhere = TinyServer.Answering(Ok);
        using var server = TinyServer.Answering($"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{elsewhere.Port}/\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(302, Send(server.Address, isStarved).Status);
        Assert.Equal(0, elsewhere.Count);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_refused_connection_is_said_in_words_and_nothing_has_arrived(bool isStarved)
    {
        int port;
        using (var server = TinyServer.Answering(""))
        {
            port = server.Port;
        }

        Fails(new Uri($"http://127.0.0.1:{port}/secret"), isStarved, $"connection to 127.0.0.1:{port} refused", mayHaveArrived: false);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_name_that_does_not_resolve_is_said_in_words(bool isStarved)
    {
        SendFailedException failure = Fails(new Uri("http://nobody.invalid/secret"), isStarved, words: null, mayHaveArrived: false);

        Assert.StartsWith("nobody.invalid does not resolve", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Nothing_is_sent_to_a_link_local_address(bool isStarved)
    {
        Fails(new Uri("http://169.254.169.254/latest"), isStarved, "169.254.169.254 is a link-local address, to which nothing is sent", mayHaveArrived: false);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_connection_that_stays_unanswered_ends_when_it_is_told_to(bool isStarved)
    {
        using var port = new UnansweredPort();

        Fails(new Uri($"http://127.0.0.1:{port.Port}/secret"), isStarved, $"127.0.0.1:{port.Port} did not answer within 1 s", mayHaveArrived: false, Short);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_answer_that_does_not_come_ends_when_it_is_told_to_and_may_have_arrived(bool isStarved)
    {
        using var ended = new ManualResetEventSlim();
        using var server = new TinyServer(stream =>
        {
            TinyServer.ReadRequest(stream);
            ended.Wait(Limit);
        });

        Fails(server.Address, isStarved, $"127.0.0.1:{server.Port} did not answer within 1 s", mayHaveArrived: true, Short);
        ended.Set();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_header_that_none_may_have_is_said_without_its_value(bool isStarved)
    {
        using var server = TinyServer.Answering(Ok);
        using var transport = new HttpTransport(proxyUrl: null);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer пароль");

        var failure = Assert.Throws<SendFailedException>(() => transport.Send(request, isStarved, TestContext.Current.CancellationToken));

        Assert.Equal(("the header Authorization would have characters that none may have", false), (failure.Message, failure.MayHaveArrived));
        Assert.Equal(0, server.Count);
    }

    [Theory]
    [InlineData(false, "7", 7.0)]
    [InlineData(true, "7", 7.0)]
    [InlineData(false, "0.5", 0.5)]
    [InlineData(true, "0.5", 0.5)]
    [InlineData(false, "Sun, 29 Nov 2026 10:00:42 GMT", 42.0)]
    [InlineData(true, "Sun, 29 Nov 2026 10:00:42 GMT", 42.0)]
    [InlineData(true, "Sun, 29 Nov 2026 09:00:00 GMT", 0.0)]
    [InlineData(false, "soon", null)]
    [InlineData(true, "soon", null)]
    public void When_to_come_back_is_read_in_both_forms(bool isStarved, string value, double? seconds)
    {
        using var server = TinyServer.Answering($"HTTP/1.1 429 Too Many Requests\r\nDate: Sun, 29 Nov 2026 10:00:00 GMT\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n");

        HttpReply reply = Send(server.Address, isStarved);

        Assert.Equal(seconds, reply.RetryAfter?.TotalSeconds);
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero), reply.Date);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_certificate_that_is_over_is_said_with_its_day(bool isStarved)
    {
        using X509Certificate2 certificate = TestCertificate.Make("127.0.0.1", from: -20, until: -10);
        string day = certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        IsNotTrusted(certificate, isStarved, $"the certificate of 127.0.0.1 expired on {day}");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_certificate_that_has_not_begun_asks_for_the_clock(bool isStarved)
    {
        using X509Certificate2 certificate = TestCertificate.Make("127.0.0.1", from: 5, until: 10);
        string time = certificate.NotBefore.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

        IsNotTrusted(certificate, isStarved, $"the certificate of 127.0.0.1 is not valid before {time} UTC: is the clock of this machine right?");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_certificate_of_another_name_is_said_with_that_name(bool isStarved)
    {
        using X509Certificate2 certificate = TestCertificate.Make("other.example.com");

        IsNotTrusted(certificate, isStarved, "the certificate of 127.0.0.1 is for another name: other.example.com");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_certificate_that_signed_itself_is_said_to(bool isStarved)
    {
        using X509Certificate2 certificate = TestCertificate.Make("127.0.0.1");

        IsNotTrusted(certificate, isStarved, "the certificate of 127.0.0.1 is not trusted: it is self-signed");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_certificate_of_an_unknown_issuer_is_said_with_the_issuer(bool isStarved)
    {
        using X509Certificate2 certificate = TestCertificate.Make("127.0.0.1", hasIssuer: true);

        IsNotTrusted(certificate, isStarved, "the certificate of 127.0.0.1 is not trusted: its issuer is unknown here (Shop CA)");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_server_without_TLS_is_said_in_words(bool isStarved)
    {
        using var server = new TinyServer(stream => stream.Write(Encoding.ASCII.GetBytes("220 mail.example.com ready\r\n")));

        SendFailedException failure = Fails(new Uri($"https://127.0.0.1:{server.Port}/secret"), isStarved, words: null, mayHaveArrived: false);

        Assert.StartsWith($"no TLS with 127.0.0.1:{server.Port}: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_library_with_a_client_of_its_own_is_answered_on_the_callers_thread(bool isStarved)
    {
        using var server = TinyServer.Answering(Ok);
        using var transport = new HttpTransport(proxyUrl: null);
        using var client = new HttpClient(transport.HandlerFor(() => isStarved));

        Task<string> answer = client.GetStringAsync(server.Address, TestContext.Current.CancellationToken);

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal("ok", await answer);
    }

    [Fact]
    public void A_connection_to_check_sends_nothing()
    {
        byte[] received = [1];
        using var read = new ManualResetEventSlim();
        using var server = new TinyServer(stream =>
        {
            using var all = new MemoryStream();
            stream.CopyTo(all);
            received = all.ToArray();
            read.Set();
        });
        using var transport = new HttpTransport(proxyUrl: null);

        transport.Connect(server.Address, TestContext.Current.CancellationToken);

        Assert.True(read.Wait(Limit, TestContext.Current.CancellationToken));
        Assert.Empty(received);
    }

    private static void IsNotTrusted(X509Certificate2 certificate, bool isStarved, string words)
    {
        using var server = new TinyServer(stream =>
        {
            using var secured = new SslStream(stream);
            secured.AuthenticateAsServer(certificate);
            TinyServer.ReadRequest(secured);
        });
        var address = new Uri($"https://127.0.0.1:{server.Port}/secret");

        Fails(address, isStarved, words, mayHaveArrived: false);
        using var transport = new HttpTransport(proxyUrl: null);
        Assert.Equal(words, Assert.Throws<SendFailedException>(() => transport.Connect(address, TestContext.Current.CancellationToken)).Message);
    }

    private static SendFailedException Fails(Uri address, bool isStarved, string? words, bool mayHaveArrived, TimeSpan? limit = null)
    {
        var failure = Assert.Throws<SendFailedException>(() => Send(address, isStarved, limit: limit));

        Assert.Equal((words ?? failure.Message, mayHaveArrived), (failure.Message, failure.MayHaveArrived));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        return failure;
    }

    private static HttpReply Send(Uri address, bool isStarved, string body = "{}", TimeSpan? limit = null)
    {
        using var transport = new HttpTransport(proxyUrl: null);
        using var stop = new CancellationTokenSource(limit ?? Limit);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return transport.Send(request, isStarved, stop.Token);
    }
}
