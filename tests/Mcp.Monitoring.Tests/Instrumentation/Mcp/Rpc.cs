using System.Text.Json;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Lines of JSON-RPC as a client sends them.</summary>
internal static class Rpc
{
    public const string Old = "2025-06-18", Previous = "2025-11-25", Newest = "2026-07-28";

    public static string Request(string method, string parameters = "{}", int id = 1) =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":{{Text(method)}},"params":{{parameters}}}""";

    /// <summary>A request of revision 2026-07-28, which says in each request who asks.</summary>
    public static string Modern(string method, string parameters = "", int id = 1, string client = "claude-code", string capabilities = "{}", string revision = Newest) =>
        Request(
            method,
            $$$"""{{{{parameters}}}{{{(parameters.Length > 0 ? "," : "")}}}"_meta":{"io.modelcontextprotocol/protocolVersion":{{{Text(revision)}}},"io.modelcontextprotocol/clientInfo":{"name":{{{Text(client)}}},"version":"1"},"io.modelcontextprotocol/clientCapabilities":{{{capabilities}}}}}""",
            id);

    public static string Call(string tool, string arguments = "{}", int id = 1) =>
        Request("tools/call", $$"""{"name":{{Text(tool)}},"arguments":{{arguments}}}""", id);

    public static string Initialize(string client, string revision, int id = 1) => Request(
        "initialize",
        $$$"""{"protocolVersion":{{{Text(revision)}}},"capabilities":{},"clientInfo":{"name":{{{Text(client)}}},"version":"1"}}""",
        id);

    public static string Cancel(int id = 1) =>
        $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}}}}""";

    public static string Text(string value) => JsonSerializer.Serialize(value);
}
