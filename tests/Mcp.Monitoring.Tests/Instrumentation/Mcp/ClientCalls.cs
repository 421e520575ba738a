using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Calls of the real client that end with the test.</summary>
internal static class ClientCalls
{
    public static Task<CallToolResult> CallAsync(this McpClient client, string tool, params (string Name, object? Value)[] arguments) =>
        client.CallToolAsync(
            tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal), cancellationToken: TestContext.Current.CancellationToken).AsTask();
}
