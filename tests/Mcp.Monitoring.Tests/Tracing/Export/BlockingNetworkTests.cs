using System.Net;
using System.Net.Sockets;
using System.Text;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public sealed class BlockingNetworkTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _http = new(new BlockingNetwork(TimeSpan.FromSeconds(10)));

    public BlockingNetworkTests() => _listener.Start();

    private string Address => $"http://{_listener.LocalEndpoint}/v1/traces?key=1";

    public void Dispose()
    {
        _http.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [InlineData("http://collector:4318/v1/traces", "collector:4318")]
    [InlineData("http://collector/v1/traces", "collector")]
    [InlineData("https://collector:443", "collector")]
    [InlineData("http://[::1]:4318/v1/traces", "[::1]:4318")]
    [InlineData("http://трассы.пример:4318", "xn--80a5aeab2d.xn--e1afmkfd:4318")]
    public void Host_is_written_as_HTTP_wants_it(string address, string host) => Assert.Equal(host, BlockingNetwork.HostOf(new Uri(address)));

    [Fact]
    public async Task Request_is_what_was_to_be_sent()
    {
        Task<string> received = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new ByteArrayContent("abc"u8.ToArray()) };
        request.Headers.Add("x-key", "a b");
        request.Content.Headers.ContentType = new("application/x-protobuf");

        using HttpResponseMessage response = _http.Send(request, TestContext.Current.CancellationToken);

        Assert.Equal(
            $"POST /v1/traces?key=1 HTTP/1.1\r\nHost: {_listener.LocalEndpoint}\r\nConnection: close\r\nContent-Length: 3\r\nx-key: a b\r\nContent-Type: application/x-protobuf\r\n\r\nabc",
            await received);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", 200, "abc")]
    [InlineData("HTTP/1.0 202 Accepted\nServer: old\n\nabc", 202, "abc")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 204, "")]
    [InlineData("HTTP/1.1 503\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n", 503, "abc")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 200, "abc")]
    public async Task Answer_is_read_to_its_end(string answer, int status, string body)
    {
        _ = ServeAsync(answer);

        using HttpResponseMessage response = Send();

        Assert.Equal(((HttpStatusCode)status, body), (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(7) : null, response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("", HttpRequestError.ResponseEnded)]
    [InlineData("HTTP/1.1 200 OK\r\nServer", HttpRequestError.ResponseEnded)]
    [InlineData("SSH-2.0-OpenSSH\r\n", HttpRequestError.InvalidResponse)]
    [InlineData("HTTP/1.1 abc\r\n\r\n", HttpRequestError.InvalidResponse)]
    public void What_is_no_answer_is_a_failure(string answer, HttpRequestError error)
    {
        _ = ServeAsync(answer);

        Assert.Equal(error, Assert.Throws<HttpRequestException>(() => Send().Dispose()).HttpRequestError);
    }

    [Fact]
    public void Head_and_body_without_an_end_are_cut()
    {
        _ = ServeAsync($"HTTP/1.1 200 OK\r\nx: {new string('a', 100_000)}\r\n\r\n");
        Assert.Throws<HttpRequestException>(() => Send().Dispose());

        _ = ServeAsync($"HTTP/1.1 200 OK\r\n\r\n{new string('a', 200_000)}");
        using HttpResponseMessage response = Send();
        Assert.InRange(response.Content.Headers.ContentLength!.Value, PatientHandler.LongestBody, PatientHandler.LongestBody + 4096);
    }

    [Fact]
    public void Nobody_at_the_address_is_a_failure_at_once()
    {
        _listener.Stop();

        Assert.Equal(HttpRequestError.ConnectionError, Assert.Throws<HttpRequestException>(() => Send("http://127.0.0.1:1/").Dispose()).HttpRequestError);
    }

    [Fact]
    public void Receiver_without_a_certificate_is_not_trusted()
    {
        _ = ServeAsync("HTTP/1.1 200 OK\r\n\r\n");

        Assert.Equal(
            HttpRequestError.SecureConnectionError,
            Assert.Throws<HttpRequestException>(() => Send(Address.Replace("http:", "https:", StringComparison.Ordinal)).Dispose()).HttpRequestError);
    }

    [Fact]
    public async Task Request_that_hangs_ends_when_it_is_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        Task sending = Task.Factory.StartNew(
            () => SendUntil(Address, giveUp.Token).Dispose(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using Socket socket = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    private HttpResponseMessage Send(string? address = null) => SendUntil(address ?? Address, TestContext.Current.CancellationToken);

    private HttpResponseMessage SendUntil(string address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent("abc"u8.ToArray()) };
        return _http.Send(request, cancellationToken);
    }

    private async Task<string> ServeAsync(string answer)
    {
        using Socket socket = await _listener.AcceptSocketAsync();
        var received = new StringBuilder();
        byte[] part = new byte[4096];
        do
        {
            int read = await socket.ReceiveAsync(part);
            received.Append(Encoding.ASCII.GetString(part, 0, read));
            if (read == 0 || part[0] == 0x16)
            {
                break;
            }
        }
        while (!received.ToString().EndsWith("\r\n\r\nabc", StringComparison.Ordinal));
        await socket.SendAsync(Encoding.ASCII.GetBytes(answer));
        socket.Shutdown(SocketShutdown.Send);
        while (await socket.ReceiveAsync(part) > 0)
        {
        }

        return received.ToString();
    }
}
