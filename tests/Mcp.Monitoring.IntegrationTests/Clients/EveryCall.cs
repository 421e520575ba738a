using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Clients;

/// <summary>A call for each way in which the sample's tools, resources and prompt can answer.</summary>
internal sealed class EveryCall(McpClient client, CancellationToken token)
{
    public IEnumerable<(string Name, Func<Task<string>> Call)> All =>
    [
        ("list", async () => string.Join(' ', (await client.ListToolsAsync(cancellationToken: token)).Select(tool => tool.Name).Order(StringComparer.Ordinal))),
        ("success", () => ToolAsync("get_weather", "city", "Oslo")),
        ("exception", () => ToolAsync("unstable", "how", "throw")),
        ("tool error", () => ToolAsync("unstable", "how", "tool_error")),
        ("exception for the model", () => ToolAsync("get_forecast", "city", "Atlantis")),
        ("protocol error", () => ToolAsync("unstable", "how", "protocol")),
        ("missing argument", () => ToolAsync("get_weather", "town", "Oslo")),
        ("unknown tool", () => ToolAsync("get_wether", "city", "Oslo")),
        ("elicitation", () => ToolAsync("unstable", "how", "elicit")),
        ("prompt", PromptAsync),
        ("resource", () => ResourceAsync("weather://stations")),
        ("template", () => ResourceAsync("weather://stations/quito")),
        ("no such station", () => ResourceAsync("weather://stations/atlantis")),
        ("unknown resource", () => ResourceAsync("weather://clouds")),
        ("completion", CompletionAsync),
    ];

    private async Task<string> ToolAsync(string name, string argument, string value)
    {
        var result = await client.CallToolAsync(name, Caller.Arguments(argument, value), cancellationToken: token);
        return (result.IsError == true ? "error: " : "") + Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
    }

    private async Task<string> PromptAsync()
    {
        var prompt = await client.GetPromptAsync("pack_for_trip", Caller.Arguments("city", "Oslo"), cancellationToken: token);
        return Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text;
    }

    private async Task<string> ResourceAsync(string uri)
    {
        var resource = await client.ReadResourceAsync(uri, cancellationToken: token);
        return Assert.IsType<TextResourceContents>(Assert.Single(resource.Contents)).Text;
    }

    private async Task<string> CompletionAsync()
    {
        var template = new ResourceTemplateReference { Uri = "weather://stations/{id}" };
        return string.Join(' ', (await client.CompleteAsync(template, "id", "o", cancellationToken: token)).Completion.Values);
    }
}
