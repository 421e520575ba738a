using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace WeatherServer.Hosting;

/// <summary>
/// MCP's Streamable HTTP on ModelContextProtocol.Core alone, for places without ModelContextProtocol.AspNetCore. A server of yours uses that package:
/// it also checks Accept, Origin and the Mcp-* headers, binds sessions to users and resumes streams.
/// </summary>
internal static class McpHttpEndpoint
{
    private const string SessionHeader = "Mcp-Session-Id", VersionHeader = "MCP-Protocol-Version", FirstVersionWithoutSessions = "2026-07-28";

    private static readonly string[] VersionsWithSessions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    // Not in the protocol; what the TypeScript and C# SDKs answer.
    private const int SessionNotFound = -32001, NoSession = -32000;

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageInfo = Info<JsonRpcMessage>();
    private static readonly JsonTypeInfo<JsonRpcError> ErrorInfo = Info<JsonRpcError>();

    public static IEndpointConventionBuilder MapMcpHttp(this IEndpointRouteBuilder app, string pattern, McpHttpOptions? options = null)
    {
        options ??= new();
        var sessions = new McpHttpSessions(app.ServiceProvider, options);
        var group = app.MapGroup(pattern);
        group.MapPost("", context => PostAsync(context, sessions, options));
        if (!options.Stateless)
        {
            group.MapGet("", context => GetAsync(context, sessions));
            group.MapDelete("", context => DeleteAsync(context, sessions));
        }

        return group;
    }

    private static async Task PostAsync(HttpContext context, McpHttpSessions sessions, McpHttpOptions options)
    {
        if (await ReadMessageAsync(context) is not { } message)
        {
            return;
        }

        bool hasSessions = string.CompareOrdinal(message.Context!.ProtocolVersion, FirstVersionWithoutSessions) < 0;
        if (options.Stateless || !hasSessions)
        {
            await using var once = McpHttpSession.ForOneRequest(context);
            await ExchangeAsync(context, once, message, hasSessions, sessions.Aborted);
            return;
        }

        bool isInitialize = message is JsonRpcRequest { Method: RequestMethods.Initialize };
        if (isInitialize && context.Request.Headers[SessionHeader].Count == 0)
        {
            context.Request.Headers[SessionHeader] = await sessions.OpenAsync();
        }

        var id = (message as JsonRpcMessageWithId)?.Id ?? default;
        if (await EnterAsync(context, sessions, id) is not { } session)
        {
            return;
        }

        try
        {
            await ExchangeAsync(context, session, message, hasSessions, sessions.Aborted);
        }
        finally
        {
            session.Leave();
        }
    }

    private static async Task GetAsync(HttpContext context, McpHttpSessions sessions)
    {
        if (await EnterAsync(context, sessions) is not { } session)
        {
            return;
        }

        try
        {
            if (!session.TryStartEventStream())
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, NoSession, "The session has its event stream; start another session for another stream.");
                return;
            }

            StartEventStream(context);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, sessions.Stopping);
            await session.Transport.HandleGetRequestAsync(context.Response.Body, end.Token);
        }
        catch (OperationCanceledException)
        {
            // How an event stream ends.
        }
        finally
        {
            session.Leave();
        }
    }

    private static async Task DeleteAsync(HttpContext context, McpHttpSessions sessions)
    {
        if (await EnterAsync(context, sessions) is { } session)
        {
            session.Leave();
            await sessions.CloseAsync(context.Request.Headers[SessionHeader].ToString());
        }
    }

    /// <returns>The message, or <see langword="null"/> when the request has been refused.</returns>
    private static async Task<JsonRpcMessage?> ReadMessageAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, (int)McpErrorCode.ParseError, "The body must be application/json");
            return null;
        }

        JsonRpcMessage? message = null;
        try
        {
            message = await JsonSerializer.DeserializeAsync(context.Request.Body, MessageInfo, context.RequestAborted);
        }
        catch (JsonException)
        {
        }

        if (message is null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, "The body is not one JSON-RPC message");
            return null;
        }

        string version = context.Request.Headers[VersionHeader].ToString();
        if (version.Length > 0 && string.CompareOrdinal(version, FirstVersionWithoutSessions) < 0 && !VersionsWithSessions.Contains(version, StringComparer.Ordinal))
        {
            // For later versions the SDK answers itself, with the list of those that it speaks.
            await RefuseAsync(context, StatusCodes.Status400BadRequest, (int)McpErrorCode.UnsupportedProtocolVersion, $"{VersionHeader} is not a version that this server speaks");
            return null;
        }

        message.Context = new() { ProtocolVersion = version.Length > 0 ? version : null };
        if (context.User.Identity?.IsAuthenticated == true)
        {
            message.Context.User = context.User;
        }

        return message;
    }

    private static async Task<McpHttpSession?> EnterAsync(HttpContext context, McpHttpSessions sessions, RequestId id = default)
    {
        string sessionId = context.Request.Headers[SessionHeader].ToString();
        if (sessionId.Length == 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, NoSession, $"{SessionHeader} is required; only initialize opens a session", id);
            return null;
        }

        if (!sessions.TryEnter(sessionId, out var session))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, SessionNotFound, "Session not found", id);
            return null;
        }

        context.Response.Headers[SessionHeader] = sessionId;
        return session;
    }

    /// <summary>Hands the message to the SDK's server and writes what it answers to the response.</summary>
    private static async Task ExchangeAsync(HttpContext context, McpHttpSession session, JsonRpcMessage message, bool hasSessions, CancellationToken aborted)
    {
        StartEventStream(context);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, aborted);
        try
        {
            if (!await session.Transport.HandlePostRequestAsync(message, context.Response.Body, hasSessions ? null : SetStatus, end.Token))
            {
                context.Response.Headers.ContentType = default;
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException or ObjectDisposedException && !context.RequestAborted.IsCancellationRequested)
        {
            // Not the client's doing: the server stops or the session was deleted. A stream that has begun simply ends.
            if (!context.Response.HasStarted)
            {
                context.Response.Headers.ContentType = default;
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }

        // Since 2026-07-28 the status tells what kind of error the answer is; before, it is 200 and already sent.
        ValueTask SetStatus(JsonRpcMessage? first)
        {
            if (first is JsonRpcError { Error: var error } && !context.Response.HasStarted)
            {
                context.Response.StatusCode = (McpErrorCode)error.Code switch
                {
                    McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                    McpErrorCode.HeaderMismatch or McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion
                        => StatusCodes.Status400BadRequest,
                    _ => StatusCodes.Status200OK,
                };
            }

            return default;
        }
    }

    private static void StartEventStream(HttpContext context)
    {
        context.Response.Headers.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache,no-store";
        context.Response.Headers.ContentEncoding = "identity";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    private static Task RefuseAsync(HttpContext context, int status, int code, string message, RequestId id = default) =>
        Results.Json(new JsonRpcError { Id = id, Error = new() { Code = code, Message = message } }, ErrorInfo, statusCode: status).ExecuteAsync(context);

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
