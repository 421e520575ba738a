using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.ErrorTracking;

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

    public override RequestDetails DetailsOf(object message) => new()
    {
        RequestId = "7",
        SessionId = "session-1",
        ClientName = "Claude Code",
        ClientVersion = "2.1",
        ServerName = "weather",
        ServerVersion = "1.0",
        Arguments = new JsonObject { ["city"] = "Oslo", ["days"] = 3 },
        UserId = "u-1",
    };
}
