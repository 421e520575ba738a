#pragma warning disable MCPEXP002, MCP9005, CS0672 // Deriving from McpServer is marked experimental, its logging level obsolete; both pass through here alone.
using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// The server as a handler gets it, with a clock on every request to the client: elicitation, sampling, roots. Whether the answer comes within the same
/// request or, from revision 2026-07-28 on, in the next one, the handler waits here.
/// </summary>
internal sealed class WaitingServer(McpServer server, OperationRecord record, int version) : McpServer
{
    // Only what the SDK made for this request may be wrapped: whatever else stands there may be more than its public members.
    private const string Plain = "DestinationBoundMcpServer";
    private static Type? _plainType;

    public override string? SessionId => server.SessionId;

    public override string? NegotiatedProtocolVersion => server.NegotiatedProtocolVersion;

    public override ClientCapabilities? ClientCapabilities => server.ClientCapabilities;

    public override Implementation? ClientInfo => server.ClientInfo;

    public override McpServerOptions ServerOptions => server.ServerOptions;

    public override IServiceProvider? Services => server.Services;

    public override LoggingLevel? LoggingLevel => server.LoggingLevel;

    public override bool IsMrtrSupported => server.IsMrtrSupported;

    /// <summary>Returns whether a handler of this request can wait for its client, which a stateless HTTP server does not let it.</summary>
    public static bool CanWait(MessageContext context)
    {
        McpServer server = context.Server;
        bool isStatelessHttp = context.JsonRpcMessage.Context?.RelatedTransport is not null && server.SessionId is null;
        return !isStatelessHttp && IsPlain(server.GetType());
    }

    public override async Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default)
    {
        record.BeginWait(version, record.Monitor.Clock.Timestamp);
        try
        {
            return await server.SendRequestAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            record.EndWait(version, record.Monitor.Clock.Timestamp);
        }
    }

    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        server.SendMessageAsync(message, cancellationToken);

    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        server.RegisterNotificationHandler(method, handler);

    public override Task RunAsync(CancellationToken cancellationToken = default) => server.RunAsync(cancellationToken);

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    private static bool IsPlain(Type type)
    {
        if (type == _plainType)
        {
            return true;
        }

        if (type.Name != Plain)
        {
            return false;
        }

        _plainType = type;
        return true;
    }
}
