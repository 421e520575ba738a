using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Tests.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>Clients that vanish, in every way that sockets know, in front of a real server: no error and no event. And upstreams that vanish, which are.</summary>
public class ClientDisconnectTests
{
    private const string Upgrade =
        "GET /socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    // "hello" as a frame of the client, masked with zeros, and the same cut off in its middle.
    private static readonly byte[] Frame = [0x81, 0x85, 0, 0, 0, 0, 0x68, 0x65, 0x6c, 0x6c, 0x6f], HalfFrame = Frame[..8];

    private static readonly Dictionary<string, (string Line, Func<WebApp, Task> Leave)> Ways = new(StringComparer.Ordinal)
    {
        ["WebSocket, FIN"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade, client => client.HalfClose())),
        ["WebSocket, FIN, read with the token of the request"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade.Replace("/socket", "/socket?token", StringComparison.Ordinal), client => client.HalfClose())),
        ["WebSocket, closed"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade, client => client.Close())),
        ["WebSocket, RST"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade, client => client.Reset())),
        ["WebSocket, FIN after a frame"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade, client => client.HalfClose(), Frame)),
        ["WebSocket, FIN in the middle of a frame"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade, client => client.HalfClose(), HalfFrame)),
        ["WebSocket, RST in the middle of a frame"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade, client => client.Reset(), HalfFrame)),
        ["WebSocket, RST while it is written to"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade.Replace("/socket", "/socket?echo", StringComparison.Ordinal), client => client.Reset(), Frame)),
        ["WebSocket, exception wrapped by the application"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade.Replace("/socket", "/socket?wrap", StringComparison.Ordinal), client => client.HalfClose())),
        ["WebSocket, exception in an aggregate"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade.Replace("/socket", "/socket?many", StringComparison.Ordinal), client => client.HalfClose())),
        ["WebSocket, exception logged by the application"] = ("http GET /socket 101 stream 1", app => RawAsync(app, Upgrade.Replace("/socket", "/socket?log", StringComparison.Ordinal), client => client.HalfClose())),
        ["body, FIN"] = ("http POST /body 499 unary 1", app => RawAsync(app, "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", client => client.HalfClose())),
        ["body in chunks, FIN"] = ("http POST /body 499 unary 1", app => RawAsync(app, "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", client => client.HalfClose())),
        ["body, RST"] = ("http POST /body 499 unary 1", app => RawAsync(app, "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", client => client.Reset())),
        ["body in chunks, RST"] = ("http POST /body 499 unary 1", app => RawAsync(app, "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", client => client.Reset())),
        ["event stream, FIN"] = ("http GET /events 200 stream 1", app => RawAsync(app, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n", client => client.HalfClose())),
        ["event stream, RST"] = ("http GET /events 200 stream 1", app => RawAsync(app, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n", client => client.Reset())),
        ["before the answer, FIN"] = ("http GET /slow 499 unary 1", app => RawAsync(app, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", client => client.HalfClose())),
        ["before the answer, RST"] = ("http GET /slow 499 unary 1", app => RawAsync(app, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", client => client.Reset())),
        ["HTTP/2, event stream reset"] = ("http GET /events 200 stream 1", app => CancelAsync(app, HttpMethod.Get, "/events", body: null)),
        ["HTTP/2, reset before the answer"] = ("http GET /slow 499 unary 1", app => CancelAsync(app, HttpMethod.Get, "/slow", body: null)),
        ["HTTP/2, body reset"] = ("http POST /body 499 unary 1", app => CancelAsync(app, HttpMethod.Post, "/body", new Endless())),
        ["HTTP/2, connection of a body reset"] = ("http POST /body 499 unary 1", app => CancelAsync(app, HttpMethod.Post, "/body", new Endless(), byConnection: true)),
        ["HTTP/2, connection of an event stream reset"] = ("http GET /events 200 stream 1", app => CancelAsync(app, HttpMethod.Get, "/events", body: null, byConnection: true)),
        ["HTTP/2, WebSocket reset"] = ("http CONNECT /socket 200 stream 1", app => SocketAsync(app, byConnection: false)),
        ["HTTP/2, connection of a WebSocket reset"] = ("http CONNECT /socket 200 stream 1", app => SocketAsync(app, byConnection: true)),
    };

    private static readonly Dictionary<string, Func<Uri, Task>> Upstreams = new(StringComparer.Ordinal)
    {
        ["HttpClient"] = async address =>
        {
            using var client = new HttpClient();
            await client.GetStringAsync(address, Cancelled);
        },
        ["HttpClient in the middle of an answer"] = async address =>
        {
            using var client = new HttpClient();
            using HttpResponseMessage answer = await client.GetAsync(new Uri(address, "/half"), HttpCompletionOption.ResponseHeadersRead, Cancelled);
            await (await answer.Content.ReadAsStreamAsync(Cancelled)).CopyToAsync(Stream.Null, Cancelled);
        },
        ["WebSocket"] = async address =>
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/socket" }.Uri, Cancelled);
            await socket.ReceiveAsync(new byte[16], Cancelled);
        },
        ["socket"] = async address =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, Cancelled);
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Cancelled);
            if (await client.GetStream().ReadAsync(new byte[16], Cancelled) == 0)
            {
                throw new IOException("ended", new SocketException((int)SocketError.ConnectionReset));
            }
        },
        ["time limit of its own"] = async _ =>
        {
            using var limit = new CancellationTokenSource();
            await limit.CancelAsync();
            limit.Token.ThrowIfCancellationRequested();
        },
    };

    public static TheoryData<string> AllWays => [.. Ways.Keys];

    public static MatrixTheoryData<string, string> AllUpstreams => new(Upstreams.Keys, ["plain", "event stream", "WebSocket", "HTTP/2", "HTTP/2 with a body"]);

    public static TheoryData<Exception> OfTheServer =>
    [
        new ConnectionResetException("reset"), new ConnectionAbortedException("aborted"), new InvalidOperationException("read", new ConnectionResetException("reset")),
        new AggregateException(new ConnectionAbortedException("aborted"), new ConnectionResetException("reset")),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task Client_that_vanishes_is_no_error_and_no_event(string way)
    {
        var outbox = new FakeOutbox();
        await using WebApp app = await ListenAsync(outbox);

        await Ways[way].Leave(app);

        await app.HasCountedAsync(Ways[way].Line);
        Assert.Empty(await SentAsync(app, outbox));
    }

    public static TheoryData<byte[]> Breaches() =>
    [
        Close(0x00, 0x01), Close(0xff, 0xff), Close(0x03), Close(0x03, 0xed), Close(0x03, 0xe8, 0xff, 0xfe),
        Bytes(0x83, 0x80, 0, 0, 0, 0),             // a reserved kind of frame
        Bytes(0xc1, 0x80, 0, 0, 0, 0),             // a reserved bit
        Bytes(0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f),           // no mask
        Bytes(0x80, 0x80, 0, 0, 0, 0),             // goes on with nothing
        Bytes(0x09, 0x80, 0, 0, 0, 0),             // a ping in parts
        Bytes(0x81, 0x81, 0, 0, 0, 0, 0xff),       // text that is none
    ];

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task Frame_that_is_none_is_the_doing_of_the_client_and_no_error(byte[] frame)
    {
        var outbox = new FakeOutbox();
        await using WebApp app = await ListenAsync(outbox);

        await RawAsync(app, Upgrade, static _ => { }, frame);

        await app.HasCountedAsync("http GET /socket 101 stream 1");
        Assert.Empty(await SentAsync(app, outbox));
    }

    private static byte[] Bytes(params byte[] frame) => frame;

    private static byte[] Close(params byte[] payload) => [0x88, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];

    [Theory]
    [MemberData(nameof(AllUpstreams))]
    public async Task Upstream_that_vanishes_is_an_error_and_an_event(string upstream, string door)
    {
        var outbox = new FakeOutbox();
        using Vanishing server = new();
        await using WebApp app = await ListenAsync(outbox, () => Upstreams[upstream](server.Address));

        await AskAsync(app, door);

        await app.UntilAsync(counted => counted.Any(line => line.StartsWith("error http /upstream server_error ", StringComparison.Ordinal)));
        Assert.Single(app.Counted(), line => line.StartsWith("error ", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Single(await SentAsync(app, outbox));
    }

    [Theory]
    [MemberData(nameof(OfTheServer))]
    public async Task Exception_of_the_web_server_itself_says_so_by_its_type(Exception exception)
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", string () => throw exception));

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 499 unary 1");
    }

    [Fact]
    public async Task Failure_beside_a_client_that_vanished_stays_one()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", string () =>
            throw new AggregateException(new ConnectionResetException("reset"), new InvalidOperationException("no"))));

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 500 unary 1", "error http /a server_error internal 1");
    }

    [Fact]
    public async Task Malformed_body_of_a_client_that_stays_is_its_mistake()
    {
        await using WebApp app = await ListenAsync(new FakeOutbox());
        await using var client = await RawClient.ConnectAsync(app.Address(1));

        await client.SendAsync("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await app.HasCountedAsync("http POST /body 400 unary 1", "error http /body client_error validation 1");
    }

    [Fact]
    public async Task Operation_of_a_WebSocket_whose_client_vanishes_is_cancelled_however_long_it_was_open()
    {
        WebApp? own = null;
        await using WebApp app = await WebApp.ListenAsync(app =>
        {
            app.UseWebSockets();
            app.Map("/socket", [MonitorMcpOperation("function", "chat")] async (HttpContext http) =>
            {
                using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
                own!.Clock.Advance(TimeSpan.FromHours(1));
                await socket.ReceiveAsync(new byte[16], CancellationToken.None);
            });
        });
        own = app;

        await RawAsync(app, Upgrade, client => client.HalfClose());

        await app.HasCountedAsync("http GET /socket 101 stream 1", "ended function chat cancelled 1");
    }

    [Fact]
    public async Task Time_limit_of_the_host_is_no_caller_who_left()
    {
        await using WebApp app = await WebApp.StartAsync(
            app =>
            {
                app.UseRequestTimeouts();
                app.MapGet("/a", async (HttpContext http, IMcpMonitor monitor) => await monitor.RunAsync(
                    OperationType.Function, "query", async _ => await WebApp.UntilHungUpAsync(http), http.RequestAborted)).WithRequestTimeout(TimeSpan.FromMilliseconds(1));
            },
            services => services.AddRequestTimeouts());

        HttpContext? answer = await app.SendAsync("/a");

        Assert.Equal(504, answer!.Response.StatusCode);
        app.HasCounted("http GET /a 504 unary 1", "ended function query server_error 1", "error function query server_error timeout 1");
    }

    private static Task<WebApp> ListenAsync(FakeOutbox outbox, Func<Task>? upstream = null) => WebApp.ListenAsync(
        app =>
        {
            app.UseWebSockets();
            app.Map("/socket", SocketAsync);
            app.Map("/body", async http => await http.Request.Body.CopyToAsync(Stream.Null));
            app.Map("/slow", WebApp.UntilHungUpAsync);
            app.Map("/events", async http =>
            {
                http.Response.ContentType = "text/event-stream";
                await http.Response.WriteAsync("data: first\n\n");
                await WebApp.UntilHungUpAsync(http);
            });
            app.Map("/upstream", async http =>
            {
                if (http.WebSockets.IsWebSocketRequest)
                {
                    using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
                    await upstream!();
                }
                else if (http.Request.Query.ContainsKey("events"))
                {
                    http.Response.ContentType = "text/event-stream";
                    await http.Response.WriteAsync("data: first\n\n");
                }

                await upstream!();
            });
        },
        services => services.AddSingleton<ErrorOutbox>(outbox),
        options => options.Sentry.Dsn = SentryHost.Dsn);

    private static async Task SocketAsync(HttpContext http)
    {
        IQueryCollection how = http.Request.Query;
        using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[16];
        CancellationToken token = how.ContainsKey("token") ? http.RequestAborted : CancellationToken.None;
        try
        {
            while (true)
            {
                await socket.ReceiveAsync(buffer, token);
                for (int i = 0; i < 200 && how.ContainsKey("echo"); i++)
                {
                    await socket.SendAsync(new byte[4096], WebSocketMessageType.Binary, endOfMessage: true, token);
                    await Task.Yield();
                }
            }
        }
        catch (WebSocketException gone) when (how.ContainsKey("wrap"))
        {
            throw new InvalidOperationException("chat", gone);
        }
        catch (WebSocketException gone) when (how.ContainsKey("many"))
        {
            throw new AggregateException(gone, gone);
        }
        catch (WebSocketException gone) when (how.ContainsKey("log"))
        {
            http.RequestServices.GetRequiredService<ILogger<WebApp>>().Log(LogLevel.Error, default, "chat", gone, static (text, _) => text);
        }
    }

    private static async Task RawAsync(WebApp app, string request, Action<RawClient> leave, byte[]? more = null)
    {
        await using var client = await RawClient.ConnectAsync(app.Address(1));
        await client.SendAsync(request);
        if (request.Contains("GET /socket", StringComparison.Ordinal) || request.Contains("GET /events", StringComparison.Ordinal))
        {
            await client.ReadHeadAsync();
        }
        else
        {
            await app.UntilAsync(counted => counted.Contains("active http 1", StringComparer.Ordinal));
        }

        await client.SendAsync(more ?? []);
        leave(client);
        await app.UntilAsync(counted => !counted.Any(line => line.StartsWith("active ", StringComparison.Ordinal) || line.StartsWith("streams ", StringComparison.Ordinal)));
    }

    private static async Task CancelAsync(WebApp app, HttpMethod method, string path, HttpContent? body, bool byConnection = false)
    {
        using var connection = new Connection();
        using var client = new HttpClient(connection.Handler);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using var request = new HttpRequestMessage(method, new Uri(app.Address(2), path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = body };
        Task<HttpResponseMessage> answer = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        await app.UntilAsync(counted => counted.Contains(path == "/events" ? "streams 1" : "active http 1", StringComparer.Ordinal));
        if (byConnection)
        {
            connection.Reset();
        }
        else
        {
            await patience.CancelAsync();
        }

        try
        {
            (await answer).Dispose();
        }
        catch (Exception left) when (left is OperationCanceledException or HttpRequestException)
        {
            // It left before the answer.
        }
    }

    private static async Task SocketAsync(WebApp app, bool byConnection)
    {
        using var connection = new Connection();
        using var invoker = new HttpMessageInvoker(connection.Handler, disposeHandler: false);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new UriBuilder(app.Address(2)) { Scheme = "ws", Path = "/socket" }.Uri, invoker, Cancelled);
        await app.UntilAsync(counted => counted.Contains("streams 1", StringComparer.Ordinal));
        if (byConnection)
        {
            connection.Reset();
        }
        else
        {
            socket.Abort();
        }
    }

    // The client stays until the server has failed.
    private static async Task AskAsync(WebApp app, string door)
    {
        if (door.StartsWith("HTTP/2", StringComparison.Ordinal))
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address(2), "/upstream"))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = door == "HTTP/2" ? null : new StringContent(new string('a', 10_000)),
            };
            using HttpResponseMessage answer = await client.SendAsync(request, Cancelled);
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            return;
        }

        await using var raw = await RawClient.ConnectAsync(app.Address(1));
        await raw.SendAsync(door switch
        {
            "WebSocket" => Upgrade.Replace("/socket", "/upstream", StringComparison.Ordinal),
            "event stream" => "GET /upstream?events HTTP/1.1\r\nHost: a\r\n\r\n",
            _ => "GET /upstream HTTP/1.1\r\nHost: a\r\n\r\n",
        });
        await raw.ReadHeadAsync();
        await app.UntilAsync(counted => counted.Any(line => line.StartsWith("error ", StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<SentryEvent>> SentAsync(WebApp app, FakeOutbox outbox)
    {
        // The server's own line about it comes after the count.
        await WebApp.UntilAsync(() => app.Log.Lines.Any(line => line.Line.StartsWith("Request finished", StringComparison.Ordinal)));
        outbox.Finisher = app.Services.GetRequiredService<EventFinisher>();
        return outbox.SendOfHost();
    }

    /// <summary>A connection of <see cref="HttpClient"/> that a test can cut.</summary>
    private sealed class Connection : IDisposable
    {
        private Socket? _socket;

        public Connection() => Handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };

        public SocketsHttpHandler Handler { get; }

        public void Reset()
        {
            _socket!.LingerState = new LingerOption(enable: true, seconds: 0);
            _socket.Close();
        }

        public void Dispose() => Handler.Dispose();

        private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(_socket, ownsSocket: true);
        }
    }

    /// <summary>A body that gives a few bytes and never ends. Without a flush the client may keep even the head of its request to itself.</summary>
    private sealed class Endless : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("abc"u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A server that hangs up as soon as it was spoken to: with a reset, in the middle of an answer, or after a handshake.</summary>
    private sealed class Vanishing : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Vanishing()
        {
            _listener.Start();
            _ = ServeAsync();
        }

        public Uri Address => new($"http://{_listener.LocalEndpoint}/");

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using Socket client = await _listener.AcceptSocketAsync(Cancelled);
                    byte[] request = new byte[4096];
                    string text = System.Text.Encoding.ASCII.GetString(request, 0, await client.ReceiveAsync(request, Cancelled));
                    if (text.StartsWith("GET /half", StringComparison.Ordinal))
                    {
                        await client.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray(), Cancelled);
                        client.Shutdown(SocketShutdown.Both);
                    }
                    else if (text.Contains("Sec-WebSocket-Key: ", StringComparison.Ordinal))
                    {
                        await client.SendAsync(System.Text.Encoding.ASCII.GetBytes(Accept(text)), Cancelled);
                        client.Shutdown(SocketShutdown.Both);
                    }
                    else
                    {
                        client.LingerState = new LingerOption(enable: true, seconds: 0);
                    }
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

#pragma warning disable CA5350 // RFC 6455 says SHA-1.
        private static string Accept(string request)
        {
            string key = request.Split("Sec-WebSocket-Key: ")[1].Split("\r\n")[0];
            string accept = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
            return $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        }
#pragma warning restore CA5350
    }
}
