using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing;

/// <summary>The names of sources of spans.</summary>
internal static class SpanSources
{
    /// <summary>Our own, and that of the MCP SDK.</summary>
    public const string Own = "Mcp.Monitoring", Sdk = "Experimental.ModelContextProtocol";

    /// <summary>Gets what .NET and widespread libraries emit by themselves.</summary>
    public static IReadOnlyList<string> Automatic { get; } = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    /// <summary>Returns whether a span is that of an operation, by the name under which it is started; a sampler is not told its source.</summary>
    public static bool IsOperation(string name) => name is SpanSource.Request or SpanSource.Function;
}
