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

    private readonly HttpInstrumentation _owner;

    private ServerAnswer(HttpInstrumentation owner) => _owner = owner;

    /// <summary>Returns <see langword="null"/> for servers that do not answer: that of tests hands the exception to the test.</summary>
    public static ServerAnswer? Of(IServer? server, HttpInstrumentation owner) =>
        server?.GetType().Namespace?.StartsWith(Servers, StringComparison.Ordinal) == true ? new ServerAnswer(owner) : null;

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
            // What is written but not sent cannot be taken back here.
            if (body.Writer is not { CanGetUnflushedBytes: true, UnflushedBytes: 0 })
            {
                return;
            }

            http.Features.Set(body);
            response.Clear();
            var refusal = exception as BadHttpRequestException;
            response.StatusCode = refusal?.StatusCode ?? StatusCodes.Status500InternalServerError;
            response.ContentLength = 0;
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
