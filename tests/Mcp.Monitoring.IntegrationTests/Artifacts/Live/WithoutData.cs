namespace Mcp.Monitoring.IntegrationTests.Artifacts.Live;

/// <summary>The queries that find nothing after three minutes of the demos, each with the reason. One that does find something must not be here.</summary>
internal static class WithoutData
{
    private const string NoPool = "Only Npgsql tells of its pool, and the sample has SQLite.", NoDayBefore = "Nothing is stored of a day before.";
    private const string NoRestart = "Nothing was restarted.", NoDeployment = "No version was deployed.";

    public static IReadOnlyDictionary<string, string> OfDashboards { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MCP / Agents / Restarts / {{mcp_service}} {{instance}}"] = NoRestart,
        ["MCP / Agents / Deployments / {{mcp_service}} {{version}}"] = NoDeployment,
        ["MCP / Error analysis / Against a day before / "] = NoDayBefore,
        ["MCP / Error analysis / Errors now and a day before / a day before"] = NoDayBefore,
        ["MCP / Error analysis / Restarts / {{mcp_service}} {{instance}}"] = NoRestart,
        ["MCP / Error analysis / Deployments / {{mcp_service}} {{version}}"] = NoDeployment,
        ["MCP / Overview / Connections / {{dependency}} max"] = NoPool,
        ["MCP / Overview / Waiting for a connection / {{dependency}}"] = NoPool,
        ["MCP / Overview / Cache entries / {{cache}}"] = "A distributed cache does not tell how many entries it has.",
        ["MCP / Overview / Restarts / {{mcp_service}} {{instance}}"] = NoRestart,
        ["MCP / Overview / Deployments / {{mcp_service}} {{version}}"] = NoDeployment,
    };

    public static IReadOnlyDictionary<string, string> OfRunbooks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["connections_waiting"] = NoPool,
        ["connections_limit"] = NoPool,
    };

    public static IReadOnlyDictionary<string, string> OfAlerts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["McpDbPoolExhausted high "] = NoPool,
    };
}
