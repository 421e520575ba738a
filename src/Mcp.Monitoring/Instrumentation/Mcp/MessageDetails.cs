using System.Security.Claims;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>What the client said, read from its message.</summary>
internal sealed class MessageDetails(MessageContext context) : RequestDetails
{
    /// <summary>The first revision without sessions, in which no session id may be recorded (OpenTelemetry semantic conventions for MCP).</summary>
    private const string Sessionless = "2026-07-28";

    public override string? RequestId => Cut((context.JsonRpcMessage as JsonRpcRequest)?.Id.ToString());

    public override string? SessionId => context.Server.SessionId is { } id
        && string.CompareOrdinal(context.JsonRpcMessage.Context?.ProtocolVersion ?? context.Server.NegotiatedProtocolVersion, Sessionless) < 0 ? Cut(id) : null;

    public override string? ResourceUri => Parameters is { } parameters ? Cut(RequestMeta.Text(parameters, "uri")) : null;

    public override string? ClientName => Cut(context.Server.ClientInfo?.Name);

    public override string? ClientVersion => Cut(context.Server.ClientInfo?.Version);

    public override string? ServerName => Cut(context.Server.ServerOptions.ServerInfo?.Name);

    public override string? ServerVersion => Cut(context.Server.ServerOptions.ServerInfo?.Version);

    public override JsonNode? Arguments => Parameters is { } parameters ? RequestMeta.Node(parameters, "arguments") : null;

    public override string? UserId => Cut(context.User?.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? context.User?.FindFirst("sub")?.Value);

    private JsonObject? Parameters => (context.JsonRpcMessage as JsonRpcRequest)?.Params as JsonObject;

    private static string? Cut(string? text) =>
        text is null || text.Length <= LongestText ? text
        : char.IsHighSurrogate(text[LongestText - 1]) ? text[..(LongestText - 1)] : text[..LongestText];
}
