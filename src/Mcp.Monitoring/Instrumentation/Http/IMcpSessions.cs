namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Who is told of the sessions of MCP that their clients have ended by <c>DELETE</c>.</summary>
internal interface IMcpSessions
{
    void Forget(string id);
}
