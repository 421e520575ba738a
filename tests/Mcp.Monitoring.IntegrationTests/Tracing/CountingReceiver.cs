using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>A receiver on a free port of the loopback address that counts the spans of operations in what it takes, or takes nothing and never answers.</summary>
internal sealed class CountingReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _hangs;
    private long _spans;

    private CountingReceiver(WebApplication app, bool hangs)
    {
        _app = app;
        _hangs = hangs;
        app.Run(TakeAsync);
    }

    public string Address => _app.Urls.Single();

    public long Spans => Volatile.Read(ref _spans);

    public static async Task<CountingReceiver> StartAsync(string way, bool hangs = false, X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            endpoint.Protocols = way == "OTLP/gRPC" ? HttpProtocols.Http2 : HttpProtocols.Http1;
            if (certificate is not null)
            {
                endpoint.UseHttps(certificate);
            }
        }));
        WebApplication app = builder.Build();
        var receiver = new CountingReceiver(app, hangs);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (_hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        Interlocked.Add(ref _spans, Count(body.GetBuffer().AsSpan(0, (int)body.Length)));
        if (context.Response.SupportsTrailers())
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }

    // Each span of an operation has this once.
    private static int Count(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> once = "mcp.monitoring.outcome"u8;
        int count = 0;
        for (int at = body.IndexOf(once); at >= 0; at = body.IndexOf(once))
        {
            count++;
            body = body[(at + once.Length)..];
        }

        return count;
    }
}
