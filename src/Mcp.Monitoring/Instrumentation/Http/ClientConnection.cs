using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// What became of the connection that a request came by, asked when the request has failed. The server cancels <see cref="HttpContext.RequestAborted"/> on
/// another thread, often after the exception; the socket and the stream of the request know at once.
/// </summary>
internal static class ClientConnection
{
    /// <summary>Returns whether the client has closed its end; <see langword="null"/> where the server does not show it.</summary>
    public static bool? IsClosed(HttpContext http)
    {
        if ((http.RequestAborted.IsCancellationRequested && !HasTimedOut(http))
            || http.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed.IsCancellationRequested == true)
        {
            return true;
        }

        bool? isClosed = http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket ? HasEnded(socket) : null;
        return isClosed != true && (HttpProtocol.IsHttp2(http.Request.Protocol) || HttpProtocol.IsHttp3(http.Request.Protocol)) ? HasStreamEnded(http) : isClosed;
    }

    /// <summary>Returns whether a time limit of the host has cancelled the request.</summary>
    public static bool HasTimedOut(HttpContext http) =>
        http.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true;

    private static bool HasEnded(Socket socket)
    {
        try
        {
            // Twice: between the two questions of one the server may take what has come.
            return IsAtEnd(socket) && IsAtEnd(socket);
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            return true;
        }
    }

    private static bool IsAtEnd(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    // One of many on its connection: it ends by a reset, or where both sides speak as they like (RFC 8441) when the client has said its last word.
    private static bool HasStreamEnded(HttpContext http)
    {
        try
        {
            PipeReader body = http.Request.BodyReader;
            if (!body.TryRead(out ReadResult read))
            {
                return false;
            }

            body.AdvanceTo(read.Buffer.Start);
            return read.IsCompleted && http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;
        }
        catch (Exception reset) when (reset is IOException or OperationCanceledException)
        {
            return true;
        }
        catch (Exception)
        {
            // Somebody reads it, or has closed it: it says nothing.
            return false;
        }
    }
}
