using System.Globalization;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>How often a server is killed: as often as the variable <c>MCP_KILLS</c> says.</summary>
internal static class KillCount
{
    private const string Variable = "MCP_KILLS";

    public static int Of(int usual) => int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int given) ? given : usual;
}
