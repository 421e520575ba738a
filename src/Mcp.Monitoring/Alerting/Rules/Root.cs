namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>The operations that clients ask for: of tools, resources and prompts. Protocol calls and functions are only shown.</summary>
internal static class Root
{
    /// <summary>The matcher of their type.</summary>
    public const string Types = "operation_type=~\"tools|resources|prompts\"";

    public static bool Is(string operationType) => operationType is "tools" or "resources" or "prompts";
}
