#pragma warning disable MCPEXP002 // The alternate pipeline is marked experimental.
using System.Collections;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Filters and their handlers are made once, not for each call, session or server that is made anew.</summary>
[Collection(nameof(Alone))]
public sealed class FilterBytesTests
{
    [Fact]
    public async Task Servers_that_are_made_anew_share_every_filter()
    {
        await using var host = new MonitoredHost();
        McpServerOptions[] servers = [WithEveryFilter(host, isAlternate: false), WithEveryFilter(host, isAlternate: false)];
        McpServerOptions[] alternates = [WithEveryFilter(host, isAlternate: true), WithEveryFilter(host, isAlternate: true)];

        // Tools, prompts, resources and completions, three lists, and the message filter.
        Assert.Equal(8, Filters(servers[0]).Length);
        Assert.Equal(8, Filters(alternates[0]).Length);
        Assert.Equal(Filters(servers[0]), Filters(servers[1]), ReferenceEqualityComparer.Instance);
        Assert.Equal(Filters(alternates[0]), Filters(alternates[1]), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public async Task Call_behind_an_alternate_handler_allocates_no_more_than_any_other()
    {
        await using var host = new MonitoredHost();
        var answer = new CallToolResult();
        var alternate = new ResultOrAlternate<CallToolResult>(answer);
        long ordinaryBytes = 0;
        long alternateBytes = 0;

        await host.Start(options =>
        {
            options.ToolCollection = [Tool("add", () => 3)];
            options.Filters.Request.CallToolFilters.Add(following => (request, token) =>
            {
                McpRequestHandler<CallToolRequestParams, CallToolResult> ours = options.Filters.Request.CallToolFilters[0]((_, _) => ValueTask.FromResult(answer));
                ordinaryBytes = Allocation.Bytes(() => Consume(ours(request, token)));
                return ValueTask.FromResult(answer);
            });
        }).AskAsync(Rpc.Call("add"));
        await host.Start(options =>
        {
            options.Handlers.CallToolWithAlternateHandler = (request, token) =>
            {
                McpRequestInvocationFilter<CallToolRequestParams, ResultOrAlternate<CallToolResult>> ours = options.Filters.Request.CallToolWithAlternateFilters[0];
                McpRequestHandler<CallToolRequestParams, ResultOrAlternate<CallToolResult>> next = (_, _) => ValueTask.FromResult(alternate);
                alternateBytes = Allocation.Bytes(() => Consume(ours(request, next, token)));
                return ValueTask.FromResult(alternate);
            };
        }).AskAsync(Rpc.Call("add"));

        Assert.True(ordinaryBytes > 0);
        Assert.Equal(ordinaryBytes, alternateBytes);
    }

    private static void Consume<T>(ValueTask<T> running) => Assert.True(running.IsCompletedSuccessfully);

    private static McpServerOptions WithEveryFilter(MonitoredHost host, bool isAlternate) => Session.CreateOptions(options =>
    {
        options.Handlers.ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult());
        options.Handlers.ListPromptsHandler = (_, _) => ValueTask.FromResult(new ListPromptsResult());
        options.Handlers.ListResourcesHandler = (_, _) => ValueTask.FromResult(new ListResourcesResult());
        if (isAlternate)
        {
            options.Handlers.CallToolWithAlternateHandler = (_, _) => ValueTask.FromResult(new ResultOrAlternate<CallToolResult>(new CallToolResult()));
        }
    }).AddMcpMonitoring(host.Services);

    private static object[] Filters(McpServerOptions options) =>
    [
        .. typeof(McpRequestFilters).GetProperties().Select(property => property.GetValue(options.Filters.Request))
            .Append(options.Filters.Message.IncomingFilters).Append(options.Filters.Message.OutgoingFilters)
            .OfType<IEnumerable>().SelectMany(filters => filters.Cast<object>()),
    ];
}
