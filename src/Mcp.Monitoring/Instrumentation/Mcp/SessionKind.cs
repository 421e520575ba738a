using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>What stands between two requests of a client.</summary>
internal enum SessionKind
{
    /// <summary>A pipe to one client.</summary>
    Stdio,

    /// <summary>HTTP, each request by itself.</summary>
    Stateless,

    /// <summary>HTTP, with a session of the server's.</summary>
    Stateful,
}

internal static class SessionKinds
{
    public const int Count = 3;

    // A message of a legacy /sse names no transport, but its server has a session.
    public static SessionKind Of(JsonRpcMessageContext? context, McpServer server) => context?.RelatedTransport is { } transport
        ? (transport.SessionId is null ? SessionKind.Stateless : SessionKind.Stateful)
        : (server.SessionId is null ? SessionKind.Stdio : SessionKind.Stateful);

    public static string Label(this SessionKind kind) => kind switch
    {
        SessionKind.Stdio => "stdio",
        SessionKind.Stateful => "stateful",
        _ => "stateless",
    };
}
