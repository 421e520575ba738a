using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Mcp.Monitoring.ErrorTracking.Protocol;

namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>Posts envelopes, one attempt at a time; an answer that does not come in time is none.</summary>
internal sealed class EnvelopeClient(HttpMessageInvoker http, Dsn dsn, TimeProvider time, TimeSpan timeout) : IDisposable
{
    /// <summary>How much is read of what an answer says.</summary>
    private const int MostBytes = 4_096;

    private const int MostShown = 300;

    private readonly string _authorization = dsn.Authorization(SentryIdentity.Client);

    /// <summary>A client that nobody else sees: no span, no correlation header, no cookie, no redirect that could take the key elsewhere.</summary>
    public static HttpMessageInvoker CreateHttp() =>
        new(
            new SocketsHttpHandler
            {
                ActivityHeadersPropagator = null,
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                MaxConnectionsPerServer = 2,
                MaxResponseDrainSize = MostBytes,
            },
            disposeHandler: true);

    public async Task<Answer> PostAsync(Envelope envelope, EnvelopeItem? report, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            using HttpRequestMessage request = Request(envelope, report);
            using HttpResponseMessage response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            return await ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Answer(0, Problem: $"no answer within {timeout.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Answer(0, Problem: SafeText.Line(exception.Message, MostShown));
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Envelope envelope, EnvelopeItem? report)
    {
        var plain = new ArrayBufferWriter<byte>(4_096);
        envelope.WriteTo(plain, time.GetUtcNow(), report);
        var packed = new MemoryStream(plain.WrittenCount / 2);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain.WrittenSpan);
        }

        var content = new ByteArrayContent(packed.GetBuffer(), 0, (int)packed.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-sentry-envelope");
        content.Headers.ContentEncoding.Add("gzip");
        var request = new HttpRequestMessage(HttpMethod.Post, dsn.Endpoint) { Content = content };
        request.Headers.TryAddWithoutValidation("X-Sentry-Auth", _authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", SentryIdentity.Client);
        return request;
    }

    private async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        string? limits = response.Headers.TryGetValues("X-Sentry-Rate-Limits", out IEnumerable<string>? values) ? string.Join(',', values) : null;
        var answer = new Answer((int)response.StatusCode, limits, RetryAfter(response.Headers.RetryAfter));
        if (answer.IsAccepted)
        {
            return answer;
        }

        try
        {
            return answer with { Problem = await ProblemAsync(response, cancellation).ConfigureAwait(false) };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status is known, what it is about is not.
            return answer;
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);

    private static async Task<string?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        byte[] buffer = new byte[MostBytes];
        int read = await body.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return read == 0 ? null : SafeText.Line(Encoding.UTF8.GetString(buffer, 0, read), MostShown);
    }
}
