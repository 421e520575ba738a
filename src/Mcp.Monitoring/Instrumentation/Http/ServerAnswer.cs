using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// The bare answer that a web server gives to an exception that nobody handles, sent before the server sees the exception: its own takes off every header, the
/// correlation id too. The exception goes on as it would, to the server's log and whoever else looks for it.
/// </summary>
internal sealed class ServerAnswer
{
    private const string Servers = "Microsoft.AspNetCore.Server.";
    private const string Kestrel = Servers + "Kestrel";

    private readonly HttpInstrumentation _owner;
    private readonly bool _isKestrel;

    private ServerAnswer(HttpInstrumentation owner, bool isKestrel) => (_owner, _isKestrel) = (owner, isKestrel);

    /// <summary>Returns <see langword="null"/> for servers that do not answer: that of tests hands the exception to the test.</summary>
    public static ServerAnswer? Of(IServer? server, HttpInstrumentation owner) =>
        server?.GetType().Namespace is { } name && name.StartsWith(Servers, StringComparison.Ordinal)
            ? new ServerAnswer(owner, name.StartsWith(Kestrel, StringComparison.Ordinal))
            : null;

    /// <summary>
    /// Finds out whether the server will answer what the pipeline has left as it answers an exception: an answer of fewer bytes than its <c>Content-Length</c> of
    /// which none has been sent. <see langword="null"/> if not.
    /// </summary>
    public Exception? FaultOf(HttpContext http)
    {
        HttpResponse response = http.Response;
        if (!_isKestrel || response.HasStarted || response.ContentLength is not > 0
            || response.StatusCode == StatusCodes.Status304NotModified || HttpMethods.IsHead(http.Request.Method) || response.Headers.TransferEncoding.Count > 0)
        {
            return null;
        }

        return BodyOfServer(http).Writer is { CanGetUnflushedBytes: true, UnflushedBytes: var written } && written < response.ContentLength && !http.RequestAborted.IsCancellationRequested
            ? new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"Response Content-Length mismatch: too few bytes written ({written} of {response.ContentLength})."))
            : null;
    }

    public async Task TrySendAsync(HttpContext http, Exception exception)
    {
        HttpResponse response = http.Response;
        if (response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            IHttpResponseBodyFeature body = BodyOfServer(http);
            if (body.Writer is not { CanGetUnflushedBytes: true, UnflushedBytes: var written })
            {
                return;
            }

            http.Features.Set(body);
            response.Clear();
            var refusal = exception as BadHttpRequestException;
            response.StatusCode = refusal?.StatusCode ?? StatusCodes.Status500InternalServerError;
            // What is written but not sent follows the headers whatever they say: the server has no way to take it back, and where it answers itself the next
            // answer on the connection seems to begin with it.
            response.ContentLength = written;
            if (refusal is not null && !HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
            {
                // The server reads no further.
                response.Headers.Connection = "close";
            }

            await body.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _owner.Report(fault);
        }
    }

    // Middleware that puts another stream in its place to look at what is written forgets to put it back when the pipeline throws.
    private static IHttpResponseBodyFeature BodyOfServer(HttpContext http)
    {
        IHttpResponseBodyFeature body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        while (body is StreamResponseBodyFeature { PriorFeature: { } prior })
        {
            body = prior;
        }

        return body;
    }
}
