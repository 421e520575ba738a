#pragma warning disable MCPEXP002 // The alternate pipeline is marked experimental; a host may use it.
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Servers whose host answers for tools, prompts or resources itself.</summary>
public sealed class OwnHandlerTests
{
    private static readonly string[] Names = ["good", "closed", "fail", "strict"];

    [Fact]
    public async Task Explicit_alternate_handler_is_monitored()
    {
        await using var host = new MonitoredHost();
        Session session = StartAlternate(host, tools: null);
        await session.AskAsync(Rpc.Request("tools/list"));

        await session.AskAsync(Rpc.Call("good"));
        await session.AskAsync(Rpc.Call("closed"));
        await session.AskAsync(Rpc.Call("fail"));
        await session.AskAsync(Rpc.Call("strict"));

        await host.CountedAsync(
            Tally.Success("protocol", "tools/list"), Tally.Success("tools", "good"), Tally.ToolError("closed"),
            Tally.ServerError("tools", "fail", "internal"), Tally.ClientError("tools", "strict"));
    }

    [Fact]
    public async Task Tools_of_the_collection_beside_an_explicit_alternate_handler_are_monitored_by_name()
    {
        await using var host = new MonitoredHost();
        Session session = StartAlternate(host, [Tool("add", (int a) => a)]);

        await session.AskAsync(Rpc.Call("add", """{"a":1}"""));
        await session.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.Success("tools", "add"), Tally.ClientError("tools", "add"));
    }

    [Fact]
    public async Task Exception_that_an_alternate_filter_makes_an_error_answer_of_is_still_a_server_error_once()
    {
        await using var host = new MonitoredHost();
        Session session = StartAlternate(host, [Throwing("fail", () => new InvalidOperationException("hidden"))], async (request, next, cancellationToken) =>
        {
            try
            {
                return await next(request, cancellationToken);
            }
            catch (InvalidOperationException)
            {
                return Answer("Something went wrong.", isError: true);
            }
        });

        await session.AskAsync(Rpc.Call("fail"));

        await host.CountedAsync(Tally.ServerError("tools", "fail", "internal"));
    }

    [Fact]
    public async Task Names_of_a_low_level_handler_are_learned_from_its_list()
    {
        await using var host = new MonitoredHost();
        Session session = StartLowLevel(host);

        await session.AskAsync(Rpc.Call("good"));
        await session.AskAsync(Rpc.Request("tools/list"));
        await session.AskAsync(Rpc.Call("good"));
        await session.AskAsync(Rpc.Call("fail"));

        // Before the list nobody owns the name; a call that succeeds is still no call of something unknown.
        await host.CountedAsync(
            Tally.Success("tools", "_unknown"), Tally.Success("protocol", "tools/list"), Tally.Success("tools", "good"),
            Tally.ServerError("tools", "fail", "internal"));
    }

    [Fact]
    public async Task Name_that_a_low_level_handler_does_not_list_is_unknown()
    {
        await using var host = new MonitoredHost();
        Session session = StartLowLevel(host);
        await session.AskAsync(Rpc.Request("tools/list"));

        await session.AskAsync(Rpc.Call("other"));

        await host.CountedAsync(Tally.Success("protocol", "tools/list"), Tally.Unknown("tools"));
    }

    [Fact]
    public async Task Prompts_and_resources_of_low_level_handlers_are_learned_from_their_lists()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.Handlers.ListPromptsHandler = (_, _) => ValueTask.FromResult(new ListPromptsResult { Prompts = [new Prompt { Name = "greet" }] });
            options.Handlers.GetPromptHandler = (_, _) => ValueTask.FromResult(new GetPromptResult());
            options.Handlers.ListResourcesHandler = (_, _) =>
                ValueTask.FromResult(new ListResourcesResult { Resources = [new Resource { Name = "one", Uri = "note://1" }] });
            options.Handlers.ReadResourceHandler = (_, _) => ValueTask.FromResult(new ReadResourceResult());
        });
        await session.AskAsync(Rpc.Request("prompts/list"));
        await session.AskAsync(Rpc.Request("resources/list"));

        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"greet"}"""));
        await session.AskAsync(Rpc.Request("resources/read", """{"uri":"note://1"}"""));

        await host.CountedAsync(
            Tally.Success("protocol", "prompts/list"), Tally.Success("protocol", "resources/list"), Tally.Success("prompts", "greet"), Tally.Success("resources", "note://1"));
    }

    private static Session StartLowLevel(MonitoredHost host) => host.Start(options =>
    {
        options.Handlers.ListToolsHandler = ListAsync;
        options.Handlers.CallToolHandler = (request, _) => ValueTask.FromResult(Call(request.Params.Name));
    });

    private static Session StartAlternate(
        MonitoredHost host,
        McpServerPrimitiveCollection<McpServerTool>? tools,
        McpRequestInvocationFilter<CallToolRequestParams, ResultOrAlternate<CallToolResult>>? filter = null) => host.Start(options =>
        {
            options.ToolCollection = tools;
            options.Handlers.ListToolsHandler = ListAsync;
            options.Handlers.CallToolWithAlternateHandler = (request, _) => ValueTask.FromResult(new ResultOrAlternate<CallToolResult>(Call(request.Params.Name)));
            if (filter is not null)
            {
                options.Filters.Request.CallToolWithAlternateFilters.Add(filter);
            }
        });

    private static ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ListToolsResult { Tools = [.. Names.Select(name => new ModelContextProtocol.Protocol.Tool { Name = name })] });

    private static CallToolResult Call(string name) => name switch
    {
        "good" => Answer("Good."),
        "closed" => Answer("Closed.", isError: true),
        "fail" => throw new InvalidOperationException("failed"),
        _ => throw new McpProtocolException("No.", McpErrorCode.InvalidParams),
    };
}
