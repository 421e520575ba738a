using System.IO.Compression;
using Mcp.Monitoring.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>A file of the page, as it is sent.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsPublic">Whether the forms need it, which are shown to people who have not signed in.</param>
internal sealed record PageAsset(string ContentType, byte[] Content, bool IsPublic = false)
{
    private const string Gzip = "gzip";

    private byte[]? _compressed;

    /// <summary>Gets its bytes compressed by gzip.</summary>
    public byte[] Compressed => _compressed ??= Compress(Content);

    /// <summary>Answers with it, compressed for whoever takes that; its headers are set before by <see cref="PageHeaders"/>.</summary>
    public async Task SendAsync(HttpContext http)
    {
        HttpResponse response = http.Response;
        bool isCompressed = AcceptHeader.AcceptsGzip(http.Request);
        byte[] body = isCompressed ? Compressed : Content;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (isCompressed)
        {
            response.Headers.ContentEncoding = Gzip;
        }

        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
