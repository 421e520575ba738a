using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>A server that takes envelopes as Sentry does, and keeps the events and transactions in them.</summary>
internal sealed class EnvelopeSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly ConcurrentQueue<JsonElement> _transactions = new();

    private EnvelopeSink(WebApplication app) => _app = app;

    public string Dsn => DsnOf(new Uri(_app.Urls.Single()).Port);

    public IReadOnlyCollection<JsonElement> Events => _events;

    public IReadOnlyCollection<JsonElement> Transactions => _transactions;

    public static string DsnOf(int port) => $"http://0123456789abcdef0123456789abcdef@127.0.0.1:{port}/42";

    public static async Task<EnvelopeSink> StartAsync(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        WebApplication app = builder.Build();
        var sink = new EnvelopeSink(app);
        app.Run(sink.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return sink;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        Stream body = http.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        using var reader = new StreamReader(body);
        string[] lines = (await reader.ReadToEndAsync(http.RequestAborted)).Split('\n');
        // A line for the envelope, then two for each item, of which the second may begin like the first.
        for (int i = 1; i + 1 < lines.Length; i += 2)
        {
            ConcurrentQueue<JsonElement>? kind = lines[i].StartsWith("{\"type\":\"event\"", StringComparison.Ordinal) ? _events
                : lines[i].StartsWith("{\"type\":\"transaction\"", StringComparison.Ordinal) ? _transactions
                : null;
            kind?.Enqueue(JsonElement.Parse(lines[i + 1]));
        }

        await http.Response.WriteAsync("{}");
    }
}
