using System.Security.Claims;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>Reads from a request what spans and events say of it.</summary>
internal static class MessageDetails
{
    /// <summary>The first revision without sessions, in which no session id may be recorded (OpenTelemetry semantic conventions for MCP).</summary>
    private const string Sessionless = "2026-07-28";

    public static RequestDetails Of(MessageContext context)
    {
        var request = context.JsonRpcMessage as JsonRpcRequest;
        var parameters = request?.Params as JsonObject;
        McpServer server = context.Server;
        Implementation? self = server.ServerOptions.ServerInfo;
        string? revision = context.JsonRpcMessage.Context?.ProtocolVersion ?? server.NegotiatedProtocolVersion;
        return new RequestDetails
        {
            RequestId = Cut(request?.Id.ToString()),
            SessionId = string.CompareOrdinal(revision, Sessionless) < 0 ? Cut(context.JsonRpcMessage.Context?.RelatedTransport?.SessionId) : null,
            ResourceUri = parameters?["uri"] is JsonValue value && value.TryGetValue(out string? uri) ? Cut(uri) : null,
            ClientName = Cut(server.ClientInfo?.Name),
            ClientVersion = Cut(server.ClientInfo?.Version),
            ServerName = Cut(self?.Name),
            ServerVersion = Cut(self?.Version),
            Arguments = parameters?["arguments"],
            UserId = Cut(context.User?.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? context.User?.FindFirst("sub")?.Value),
        };
    }

    private static string? Cut(string? text) =>
        text is null || text.Length <= RequestDetails.LongestText ? text
        : char.IsHighSurrogate(text[RequestDetails.LongestText - 1]) ? text[..(RequestDetails.LongestText - 1)] : text[..RequestDetails.LongestText];
}
