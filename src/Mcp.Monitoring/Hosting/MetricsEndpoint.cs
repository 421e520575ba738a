using System.Collections.Concurrent;
using System.IO.Compression;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Meters.Registries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring.Hosting;

/// <summary>Answers a scrape. One renders at a time, into memory; a slow scraper is sent to after the next may render.</summary>
internal sealed class MetricsEndpoint(MetricsPage page) : IDisposable
{
    private const int MostIdleWriters = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _rendering = new(1, 1);

    // As many as scrape at once; what is rendered stays in the writer until it is sent.
    private readonly ConcurrentQueue<ExpositionWriter> _writers = new();

    public async Task InvokeAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = new StringValues(["Accept", "Accept-Encoding"]);
        ExpositionFormat format = AcceptHeader.Format(context.Request, page.Registry.HasNativeHistograms);
        context.Features.Set(this);

        // Code of the host, and so before the lock that other scrapes wait for.
        IReadOnlyList<ExportedFamily>? ofHost = page.HostRegistries?.Collect(format);
        if (!await _rendering.WaitAsync(LongestWait, context.RequestAborted).ConfigureAwait(false))
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = "1";
            return;
        }

        ExpositionWriter writer = _writers.TryDequeue(out ExpositionWriter? free) ? free : page.Registry.CreateWriter();
        try
        {
            try
            {
                page.Write(writer, format, ofHost);
            }
            finally
            {
                _rendering.Release();
            }

            await SendAsync(context, writer.Written, format).ConfigureAwait(false);
        }
        finally
        {
            if (_writers.Count < MostIdleWriters)
            {
                _writers.Enqueue(writer);
            }
        }
    }

    public void Dispose() => _rendering.Dispose();

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> text, ExpositionFormat format)
    {
        HttpResponse response = context.Response;
        response.ContentType = AcceptHeader.TypeOf(format);
        bool onlyHeaders = HttpMethods.IsHead(context.Request.Method);
        if (AcceptHeader.AcceptsGzip(context.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            if (!onlyHeaders)
            {
                var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
                await using (gzip.ConfigureAwait(false))
                {
                    await gzip.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
                }
            }

            return;
        }

        response.ContentLength = text.Length;
        if (!onlyHeaders)
        {
            await response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
