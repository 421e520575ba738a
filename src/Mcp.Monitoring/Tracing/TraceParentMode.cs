namespace Mcp.Monitoring;

/// <summary>Whose span is the parent of an operation's span, where the client sent a trace of its own in the request's <c>_meta</c>.</summary>
public enum TraceParentMode
{
    /// <summary>The client's span, as the OpenTelemetry conventions for MCP ask; the span of the HTTP request is linked. For clients that export their
    /// spans to the same place: the call is one trace from the client on. In files <c>semantic_conventions</c>.</summary>
    SemanticConventions,

    /// <summary>The span of the HTTP request; the client's is linked. For clients that pass a trace on but never export it: their spans would be missing, and
    /// with them the root of each trace. In files <c>http_parent</c>.</summary>
    HttpParent,
}
