namespace Mcp.Monitoring.IntegrationTests.Clients;

/// <summary>The revisions of the protocol that the C# client speaks, each with a server that keeps sessions and one that does not.</summary>
internal static class ProtocolVersions
{
    public const string WithoutSessions = "2026-07-28";

    public static TheoryData<string, bool> OnEachServer { get; } = new(
        from version in new[] { WithoutSessions, "2025-11-25", "2025-06-18" }
        from isStateful in new[] { false, true }
        select (version, isStateful));

    /// <returns>Whether requests of this revision belong to a session there.</returns>
    public static bool HasSession(string version, bool isStateful) => isStateful && version != WithoutSessions;

    /// <returns>Whether a tool can ask the person at the client: in a session, or by an answer that asks to call again.</returns>
    public static bool CanAsk(string version, bool isStateful) => isStateful || version == WithoutSessions;
}
