using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Only a handler that can ask its client gets a server with a clock.</summary>
public sealed class WrappingTests
{
    private const string Wrapped = "WaitingServer", Plain = "DestinationBoundMcpServer";

    public static TheoryData<string, Delegate, string> Tools => new()
    {
        { "server", (McpServer server) => server.GetType().Name, Wrapped },
        { "request", (RequestContext<CallToolRequestParams> request) => request.Server.GetType().Name, Wrapped },
        { "nothing", () => "", Plain },
        { "token", (CancellationToken cancellationToken) => "", Plain },
        { "services", (IServiceProvider services) => "", Plain },
    };

    [Theory]
    [MemberData(nameof(Tools), DisableDiscoveryEnumeration = true)]
    public async Task Server_is_wrapped_for_a_tool_that_takes_it_and_for_no_other(string tool, Delegate method, string expected)
    {
        await using var host = new MonitoredHost();
        string? seen = null;
        Session session = host.Start(options =>
        {
            options.ToolCollection = [Tool(tool, method)];
            options.Filters.Request.CallToolFilters.Add(next => (request, cancellationToken) =>
            {
                seen = request.Server.GetType().Name;
                return next(request, cancellationToken);
            });
        });

        await session.AskAsync(Rpc.Call(tool));

        Assert.Equal(expected, seen);
        await host.CountedAsync(Tally.Success("tools", tool));
    }

    [Fact]
    public async Task Wrapped_server_tells_what_the_plain_one_does()
    {
        await using var host = new MonitoredHost();
        Session plain = new(Session.CreateOptions(Configure), host.Services);
        Session wrapped = host.Start(Configure);

        string expected = await DescribeAsync(plain);

        Assert.Equal(expected, await DescribeAsync(wrapped));
        Assert.Contains("claude-code 2025-11-25 True True test", expected, StringComparison.Ordinal);
        await plain.StopAsync();
        plain.Dispose();

        static void Configure(McpServerOptions options) => options.ToolCollection =
        [
            Tool("describe", (McpServer server) =>
                $"{server.ClientInfo!.Name} {server.NegotiatedProtocolVersion} {server.IsMrtrSupported} {server.ClientCapabilities is not null} " +
                $"{server.ServerOptions.ServerInfo!.Name} {server.Services is not null} [{server.SessionId}]"),
        ];

        static async Task<string> DescribeAsync(Session session)
        {
            await session.AskAsync(Rpc.Initialize("claude-code", Rpc.Previous));
            return await session.AskAsync(Rpc.Call("describe", id: 2));
        }
    }
}
