using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>A receiver that speaks the other kind of OTLP is named at the first refusal, with what is to be written.</summary>
public sealed class ProtocolMismatchTests : IDisposable
{
    private readonly RecordedLogs _log = new();

    public static TheoryData<bool, int, bool> Answers()
    {
        var data = new TheoryData<bool, int, bool>();
        int[] ofHttp = [415, 426, 464, 505], ofGrpc = [200, 400, 404, 405, 415, 426, 464, 501, 505];
        foreach (int status in new[] { 200, 202, 204, 400, 401, 403, 404, 405, 407, 408, 413, 415, 426, 429, 464, 500, 501, 502, 503, 504, 505 })
        {
            data.Add(false, status, ofHttp.Contains(status));
            data.Add(true, status, ofGrpc.Contains(status));
        }

        return data;
    }

    public static TheoryData<HttpRequestError, bool> Errors() => new(Enum.GetValues<HttpRequestError>().Select(error => (error,
        error is HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded)));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Status_alone_tells_where_only_the_other_kind_answers_so(bool isGrpc, int status, bool isOther)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);

        Assert.Equal(isOther, ProtocolMismatch.IsOther(isGrpc, response, []));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(415)]
    [InlineData(400)]
    public void Answer_in_gRPC_tells_whoever_speaks_HTTP_and_nobody_else(int status)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.Add("grpc-status", "12");

        Assert.True(ProtocolMismatch.IsOther(isGrpc: false, response, []));
        Assert.False(ProtocolMismatch.IsOther(isGrpc: true, response, []));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Connection_tells_where_neither_understands_the_other(HttpRequestError error, bool isSign)
    {
        Assert.Equal(isSign ? error.ToString() : null, ProtocolMismatch.SignOf(new HttpRequestException(error)));
    }

    [Theory]
    [InlineData("kestrel")]
    [InlineData("frames")] // what many gRPC servers do: their SETTINGS come first
    [InlineData("closes")]
    [InlineData("resets")]
    public async Task HTTP_to_a_gRPC_port_is_told_once(string peer)
    {
        await using Peer receiver = await Peer.StartAsync(peer, HttpProtocols.Http2);
        Receiver sender = Sender(options => options.OtlpEndpoint = receiver.Address);

        Send(sender);
        Send(sender);

        string told = Assert.Single(_log.Of("OtherProtocol")).Message;
        Assert.StartsWith($"OTLP (HTTP) at {receiver.Address}/v1/traces is spoken to in HTTP, and answers as one does that takes gRPC", told, StringComparison.Ordinal);
        Assert.Contains("Set otel.otlp_protocol: grpc (or OTEL_EXPORTER_OTLP_PROTOCOL=grpc)", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kestrel")]
    [InlineData("http")]
    [InlineData("closes")]
    [InlineData("resets")]
    public async Task GRPC_to_an_HTTP_port_is_told_once(string peer)
    {
        await using Peer receiver = await Peer.StartAsync(peer, HttpProtocols.Http1);
        Receiver sender = Sender(options =>
        {
            options.OtlpEndpoint = receiver.Address;
            options.OtlpProtocol = "grpc";
        });

        Send(sender);
        Send(sender);

        string told = Assert.Single(_log.Of("OtherProtocol")).Message;
        Assert.StartsWith($"OTLP (gRPC) at {receiver.Address}/ is spoken to in gRPC, and answers as one does that takes HTTP", told, StringComparison.Ordinal);
        Assert.Contains("Set otel.otlp_protocol: http/protobuf (or OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf)", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GRPC_to_a_web_server_that_takes_HTTP_2_as_well_is_told()
    {
        await using Peer receiver = await Peer.StartAsync("kestrel", HttpProtocols.Http2, status: 404);
        Receiver sender = Sender(options =>
        {
            options.OtlpEndpoint = receiver.Address;
            options.OtlpProtocol = "grpc";
        });

        Send(sender);

        Assert.Contains("(HTTP 404)", Assert.Single(_log.Of("OtherProtocol")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jaeger_is_told_in_its_own_settings()
    {
        await using Peer receiver = await Peer.StartAsync("kestrel", HttpProtocols.Http2);
        Receiver sender = Sender(options => options.JaegerEndpoint = receiver.Address);

        Send(sender);

        string told = Assert.Single(_log.Of("OtherProtocol")).Message;
        Assert.StartsWith("Jaeger (HTTP) at ", told, StringComparison.Ordinal);
        Assert.Contains("otel.otlp_endpoint", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_that_has_taken_something_is_never_suspected()
    {
        await using Peer receiver = await Peer.StartAsync("kestrel", HttpProtocols.Http1);
        Receiver sender = Sender(options => options.OtlpEndpoint = receiver.Address);
        Send(sender);
        receiver.Status = 415;

        Send(sender);

        Assert.Empty(_log.Of("OtherProtocol"));
    }

    [Fact]
    public async Task Receiver_that_is_not_there_is_not_suspected()
    {
        Peer receiver = await Peer.StartAsync("closes", HttpProtocols.Http1);
        await receiver.DisposeAsync();
        Receiver sender = Sender(options => options.OtlpEndpoint = receiver.Address);

        Send(sender);

        Assert.Empty(_log.Of("OtherProtocol"));
    }

    public void Dispose() => _log.Dispose();

    private Receiver Sender(Action<OtelOptions> configure)
    {
        var options = new OtelOptions();
        configure(options);
        var receivers = new Receivers(TimeProvider.System, new LoggerFactory([_log]).CreateLogger<Receivers>()) { Limits = new DeliveryLimits { Keep = TimeSpan.Zero } };
        return receivers.Of(options, besideHosts: false).Single();
    }

    private static void Send(Receiver receiver)
    {
        using var span = new Activity("get_order");
        span.Start().Stop();
        receiver.Exporter.Export(new Batch<Activity>([span], 1));
    }

    /// <summary>Something that listens on a free port of the loopback address.</summary>
    private sealed class Peer : IAsyncDisposable
    {
        private readonly WebApplication? _app;
        private readonly TcpListener? _listener;

        private Peer(WebApplication? app, TcpListener? listener)
        {
            _app = app;
            _listener = listener;
            Address = app?.Urls.Single() ?? $"http://{listener!.LocalEndpoint}";
        }

        public string Address { get; }

        public int Status { get; set; } = 200;

        public static async Task<Peer> StartAsync(string kind, HttpProtocols protocols, int status = 200)
        {
            if (kind != "kestrel")
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                _ = ServeAsync(listener, kind);
                return new Peer(app: null, listener);
            }

            Peer? peer = null;
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(server => server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols));
            WebApplication app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.Run(context =>
            {
                context.Response.StatusCode = peer!.Status;
                return Task.CompletedTask;
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            peer = new Peer(app, listener: null) { Status = status };
            return peer;
        }

        public async ValueTask DisposeAsync()
        {
            _listener?.Dispose();
            if (_app is not null)
            {
                await _app.DisposeAsync();
            }
        }

        private static async Task ServeAsync(TcpListener listener, string kind)
        {
            try
            {
                while (true)
                {
                    using Socket socket = await listener.AcceptSocketAsync();
                    byte[] request = new byte[1];
                    await socket.ReceiveAsync(request);
                    switch (kind)
                    {
                        case "frames":
                            await socket.SendAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 });
                            break;
                        case "http":
                            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n400 Bad Request"u8.ToArray());
                            break;
                        case "resets":
                            socket.LingerState = new LingerOption(true, 0);
                            break;
                        default:
                            socket.Shutdown(SocketShutdown.Both);
                            break;
                    }
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
