using System.Net.WebSockets;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// Whether an exception says that the client of a request has gone, which is no failure of the server. Calls that a request makes itself end by the same
/// exceptions, so the connection of the request has to be closed; where the server does not show it, exceptions that only a server's side knows are believed.
/// </summary>
internal static class ClientDisconnect
{
    /// <param name="http">The request.</param>
    /// <param name="exception">The exception; of several that ended together each has to say so.</param>
    /// <param name="classify">Says what a failure means.</param>
    public static bool Explains(HttpContext http, Exception exception, Func<Exception, ErrorClassification> classify) =>
        ExceptionGraph.Failures(exception).All(failure => ExplainsOne(http, failure, classify));

    private static bool ExplainsOne(HttpContext http, Exception failure, Func<Exception, ErrorClassification> classify)
    {
        bool isOfServer = Holds(failure, static part => part is ConnectionResetException or ConnectionAbortedException);
        return IsBreachOfWebSocket(http, failure)
            || ((isOfServer || MayBe(failure, classify)) && (ClientConnection.IsClosed(http) ?? (isOfServer || IsEndOfWebSocket(http, failure))));
    }

    // A body that ends too early is a bad request to the web server.
    private static bool MayBe(Exception failure, Func<Exception, ErrorClassification> classify) =>
        failure is BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } || CallerCancellation.MayExplain(failure, classify(failure));

    private static bool IsEndOfWebSocket(HttpContext http, Exception failure) =>
        http.Response.StatusCode == StatusCodes.Status101SwitchingProtocols
        && Holds(failure, static part => part is WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely });

    // What the peer sent is no frame as RFC 6455 has them, so that nothing can be read after it: it is over by the peer's doing, and the connection may still be open.
    private static bool IsBreachOfWebSocket(HttpContext http, Exception failure) =>
        (http.Response.StatusCode == StatusCodes.Status101SwitchingProtocols || http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true)
        && Holds(failure, static part => part is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted, InnerException: null or ArgumentException });

    private static bool Holds(Exception failure, Func<object, bool> isIt) => ExceptionGraph.Of(failure).Any(isIt);
}
