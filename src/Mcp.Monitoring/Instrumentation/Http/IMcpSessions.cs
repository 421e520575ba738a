namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Who is told of the sessions of MCP that end with a request.</summary>
internal interface IMcpSessions
{
    /// <summary>Forgets a session.</summary>
    void Forget(string id);

    /// <summary>Forgets a session that was deleted where its messages come in, and not by an endpoint of the application's own.</summary>
    /// <param name="id">The session.</param>
    /// <param name="route">The template of the endpoint that answered.</param>
    void ForgetDeleted(string id, string route);
}
