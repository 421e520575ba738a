using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Instrumentation.Server;

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

    public static SessionKind Of(JsonRpcMessageContext? context) => context?.RelatedTransport is not { } transport ? SessionKind.Stdio
        : transport.SessionId is null ? SessionKind.Stateless : SessionKind.Stateful;

    public static string Label(this SessionKind kind) => kind switch
    {
        SessionKind.Stdio => "stdio",
        SessionKind.Stateful => "stateful",
        _ => "stateless",
    };
}
