namespace Mcp.Monitoring.Metrics;

/// <summary>The meters that we know by name.</summary>
internal static class MeterNames
{
    /// <summary>Our own meter.</summary>
    public const string Own = "Mcp.Monitoring";

    /// <summary>The meter of the MCP SDK. Like our own it measures what is on the page already.</summary>
    private const string Sdk = "Experimental.ModelContextProtocol";

    /// <summary>Gets those whose metrics are on the page unless the host says otherwise.</summary>
    public static IReadOnlyList<string> Defaults { get; } = ["Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "Polly"];

    /// <summary>Gets the meters that are never taken, since their numbers are on the page already.</summary>
    public static IReadOnlyList<string> Never { get; } = [Own, Sdk];

    public static bool IsNeverTaken(string name) => Never.Contains(name, StringComparer.OrdinalIgnoreCase);
}
