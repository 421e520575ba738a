namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>The lines that a client of one protocol revision sends.</summary>
internal sealed record CallProtocol(string Name, string? Initialize, string Call)
{
    /// <summary>The last revision but one with a handshake: clients as they are.</summary>
    public static CallProtocol June2025 { get; } = new(
        "2025-06-18",
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"message":"hello"}}}""");

    /// <summary>No handshake: every request says who sends it.</summary>
    public static CallProtocol July2026 { get; } = new(
        "2026-07-28",
        Initialize: null,
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"message":"hello"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}""");
}
