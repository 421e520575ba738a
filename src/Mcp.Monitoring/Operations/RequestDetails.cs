using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Operations;

/// <summary>
/// What the client said in one request, each part read from the message when somebody asks, while the request is in progress. Hostile text: bounded, never a label.
/// </summary>
internal abstract class RequestDetails
{
    /// <summary>The most characters that are kept of a text.</summary>
    public const int LongestText = 256;

    public abstract string? RequestId { get; }

    /// <summary>Gets the id of the MCP session; <see langword="null"/> in revisions that have none.</summary>
    public abstract string? SessionId { get; }

    public abstract string? ResourceUri { get; }

    public abstract string? ClientName { get; }

    public abstract string? ClientVersion { get; }

    public abstract string? ServerName { get; }

    public abstract string? ServerVersion { get; }

    /// <summary>Gets the arguments as they came; only for those who were told to keep them.</summary>
    public abstract JsonNode? Arguments { get; }

    /// <summary>Gets the name identifier of the signed-in user; only for those who were told to keep it.</summary>
    public abstract string? UserId { get; }
}
