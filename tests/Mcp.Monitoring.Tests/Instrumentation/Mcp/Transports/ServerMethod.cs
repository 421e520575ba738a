using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>A request of each kind that a host can have a handler for, as monitoring counts it.</summary>
internal sealed record ServerMethod(string Name, string Parameters, string OperationType, string Operation)
{
    public static IReadOnlyList<ServerMethod> All { get; } =
    [
        new("tools/call", """{"name":"own","arguments":{}}""", "tools", "own"),
        new("prompts/get", """{"name":"own"}""", "prompts", "own"),
        new("resources/read", """{"uri":"own://1"}""", "resources", "own://{id}"),
        new("completion/complete", """{"ref":{"type":"ref/prompt","name":"own"},"argument":{"name":"a","value":"b"}}""", "completion", "own"),
        new("resources/templates/list", "{}", "protocol", "resources/templates/list"),
    ];

    public static ServerMethod Of(string name) => All.Single(method => method.Name == name);

    /// <summary>Sets a server up so that each of them runs the same work.</summary>
    public static void Handle(McpServerOptions options, Func<Task> work)
    {
        options.ToolCollection = [Tool("own", WorkAsync)];
        options.PromptCollection = [Prompt("own", WorkAsync)];
        options.ResourceCollection = [Resource("own://{id}", async Task<string> (string id) => await WorkAsync() + id)];
        options.Handlers.CompleteHandler = async (_, _) =>
        {
            await work();
            return new CompleteResult();
        };
        options.Handlers.ListResourceTemplatesHandler = async (_, _) =>
        {
            await work();
            return new ListResourceTemplatesResult();
        };

        async Task<string> WorkAsync()
        {
            await work();
            return "done";
        }
    }
}
