using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Tools, prompts and resources in one line each.</summary>
internal static class Primitives
{
    public static McpServerTool Tool(string name, Delegate method) => McpServerTool.Create(method, new McpServerToolCreateOptions { Name = name });

    public static McpServerTool Throwing(string name, Func<Exception> exception) => Tool(name, string () => throw exception());

    public static McpServerPrompt Prompt(string name, Delegate method) => McpServerPrompt.Create(method, new McpServerPromptCreateOptions { Name = name });

    public static McpServerResource Resource(string template, Delegate method) =>
        McpServerResource.Create(method, new McpServerResourceCreateOptions { UriTemplate = template, Name = "resource" });

    public static CallToolResult Answer(string text, bool isError = false) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
