using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Benchmarks.Requests;

/// <summary>A web server as a host has it, and a client that does nothing but write bytes and look for the end of the answer.</summary>
#pragma warning disable CA1001 // Never disposed: a server that is not called costs the others nothing, and the process ends soon.
internal sealed class WebServer
#pragma warning restore CA1001
{
    private const string Body = "hello";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[4096];

    private static readonly byte[] s_request = Encoding.ASCII.GetBytes(
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nX-Correlation-ID: 0af7651916cd43dd8448eb211c80319c\r\n\r\n");

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });

    private WebServer(WebApplication app)
    {
        Address = new Uri(app.Urls.Single());
        _socket.Connect(IPEndPoint.Parse(Address.Authority));
        _client.BaseAddress = Address;
        _client.DefaultRequestHeaders.Add("X-Correlation-ID", "0af7651916cd43dd8448eb211c80319c");
    }

    public Uri Address { get; }

    /// <summary>Starts a server with nothing in it but what it needs.</summary>
    public static WebServer StartBare(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "bench" });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        return Start(builder, configure);
    }

    /// <summary>Starts a server as <c>WebApplication.CreateBuilder</c> makes it.</summary>
    public static WebServer StartUsual(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "bench" });
        builder.Logging.ClearProviders();
        return Start(builder, configure);
    }

    private static WebServer Start(WebApplicationBuilder builder, Action<IServiceCollection> configure)
    {
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(new SilentLog()).SetMinimumLevel(LogLevel.Warning);
        configure(builder.Services);
        var app = builder.Build();
        app.MapGet("/", static http =>
        {
            http.Response.ContentLength = Body.Length;
            return http.Response.WriteAsync(Body);
        });
        Task.Run(() => app.StartAsync()).GetAwaiter().GetResult();
        return new WebServer(app);
    }

    /// <summary>Asks through an <see cref="HttpClient"/>.</summary>
    /// <returns>The length of the answer.</returns>
    public int RequestAsClient() => _client.GetByteArrayAsync(new Uri("/", UriKind.Relative)).GetAwaiter().GetResult().Length;

    /// <summary>Asks through a bare socket.</summary>
    /// <returns>The length of the answer.</returns>
    public int Request()
    {
        _socket.Send(s_request);
        var length = 0;
        int head;
        do
        {
            length += _socket.Receive(_buffer.AsSpan(length));
            head = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }
        while (head < 0 || length < head + 4 + Body.Length);

        if (!_buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException($"The server answered {Encoding.ASCII.GetString(_buffer, 0, length)}");
        }

        return length;
    }
}
