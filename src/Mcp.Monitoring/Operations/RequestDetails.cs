using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Operations;

/// <summary>What the client said in one request. Read from the message when somebody asks, while the request is in progress. Hostile text: bounded, never a label.</summary>
internal sealed class RequestDetails
{
    /// <summary>The most characters that are kept of a text.</summary>
    public const int LongestText = 256;

    public string? RequestId { get; init; }

    /// <summary>Gets the id of the MCP session; <see langword="null"/> in revisions that have none.</summary>
    public string? SessionId { get; init; }

    public string? ResourceUri { get; init; }

    public string? ClientName { get; init; }

    public string? ClientVersion { get; init; }

    public string? ServerName { get; init; }

    public string? ServerVersion { get; init; }

    /// <summary>Gets the arguments as they came; only for those who were told to keep them.</summary>
    public JsonNode? Arguments { get; init; }

    /// <summary>Gets the name identifier of the signed-in user; only for those who were told to keep it.</summary>
    public string? UserId { get; init; }
}
