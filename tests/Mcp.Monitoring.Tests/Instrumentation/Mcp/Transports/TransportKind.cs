namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>How the SDK serves MCP over HTTP.</summary>
public enum TransportKind
{
    /// <summary>Each request by itself.</summary>
    Stateless,

    /// <summary>With sessions; each call runs in the async context of its request.</summary>
    Stateful,

    /// <summary>With sessions for clients that initialize, each request of the others by itself (StatefulForInitializeClients).</summary>
    Hybrid,

    /// <summary>With sessions; each call runs in the async context in which its session was started (PerSessionExecutionContext).</summary>
    PerSession,

    /// <summary>The legacy pair of <c>/sse</c> and <c>/message</c>.</summary>
    LegacySse,
}
