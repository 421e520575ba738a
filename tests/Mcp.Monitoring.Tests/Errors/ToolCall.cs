using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Errors;

/// <summary>A call of a tool by a client that says a lot.</summary>
internal sealed class ToolCall : ProtocolCall
{
    [SetsRequiredMembers]
    public ToolCall(string client = "claude-code")
    {
        Method = "tools/call";
        ProtocolVersion = "2025-11-25";
        Client = client;
        Transport = "tcp";
        Session = "stateful";
    }

    public override void Count(OperationOutcome outcome)
    {
    }

    public override RequestDetails DetailsOf(object message) => new Said();

    private sealed class Said : RequestDetails
    {
        public override string? RequestId => "7";

        public override string? SessionId => "session-1";

        public override string? ResourceUri => null;

        public override string? ClientName => "Claude Code";

        public override string? ClientVersion => "2.1";

        public override string? ServerName => "weather";

        public override string? ServerVersion => "1.0";

        public override JsonNode? Arguments => new JsonObject { ["city"] = "Oslo", ["days"] = 3 };

        public override string? UserId => "u-1";
    }
}
