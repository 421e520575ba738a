#pragma warning disable MCPEXP002 // Request handlers of the host's own are marked experimental; a host may use them.
using System.Text.Json.Nodes;
using Mcp.Monitoring.Instrumentation.Mcp;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class ProtocolMethodTests
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["initialize"] = """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}""",
        ["resources/subscribe"] = """{"uri":"note://1"}""",
        ["resources/unsubscribe"] = """{"uri":"note://1"}""",
        ["logging/setLevel"] = """{"level":"info"}""",
    };

    public static TheoryData<string> All => [.. ProtocolMethod.All.Select(method => method.Name)];

    public static TheoryData<string> OfTheProtocol =>
        [.. ProtocolMethod.All.Where(method => !method.HasRequestFilter && !method.IsStream && method.Name != "server/discover").Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Method_is_found_under_its_own_name(string name)
    {
        ProtocolMethod method = ProtocolMethod.Find(name);

        Assert.Equal(name, method.Name);
        Assert.Same(ProtocolMethod.All[method.Index], method);
    }

    [Theory]
    [InlineData("Tools/Call")]
    [InlineData("tools/call ")]
    [InlineData("")]
    [InlineData("_unknown")]
    public void Other_name_is_no_method_of_the_protocol(string name) => Assert.Same(ProtocolMethod.Unknown, ProtocolMethod.Find(name));

    [Fact]
    public void Every_request_that_the_SDK_names_is_known()
    {
        string[] fromServer = ["elicitation/create", "sampling/createMessage", "roots/list"];

        IEnumerable<string> named = typeof(RequestMethods).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Empty(named.Except(fromServer, StringComparer.Ordinal).Except(ProtocolMethod.All.Select(method => method.Name), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OfTheProtocol))]
    public async Task Method_of_the_protocol_is_counted_as_itself(string name)
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        string answer = await session.AskAsync(Rpc.Request(name, Parameters.GetValueOrDefault(name, "{}")));

        Assert.Contains("\"result\"", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Success("protocol", name));
    }

    [Fact]
    public async Task Discovery_of_the_newest_revision_is_counted_as_itself()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        string answer = await session.AskAsync(Rpc.Modern("server/discover"));

        Assert.Contains("\"result\"", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Success("protocol", "server/discover"));
    }

    [Fact]
    public async Task Method_of_the_hosts_own_is_counted_as_itself()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, Own("weather/refresh"));

        await session.AskAsync(Rpc.Request("weather/refresh"));

        await host.CountedAsync(Tally.Success("protocol", "weather/refresh"));
    }

    [Fact]
    public async Task Exception_of_a_handler_of_the_hosts_own_is_a_server_error()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, Own("weather/refresh", () => throw new InvalidOperationException("own")));

        await session.AskAsync(Rpc.Request("weather/refresh"));

        await host.CountedAsync(Tally.ServerError("protocol", "weather/refresh", "internal"));
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    public async Task Method_that_the_newest_revision_dropped_is_refused_before_the_filters_and_leaves_no_trace_on_pipes(string name)
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        string answer = await session.AskAsync(Rpc.Modern(name));

        // Over pipes there is no outgoing filter, so that it costs nothing there; over HTTP it is counted, see RefusedRequestTests.
        Assert.Contains("-32601", answer, StringComparison.Ordinal);
        await host.CountedAsync();
    }

    [Fact]
    public async Task Exception_of_a_list_is_a_server_error_of_that_method()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.Handlers.ListToolsHandler = (_, _) => throw new HttpRequestException("no list");
            options.Handlers.CallToolHandler = (_, _) => ValueTask.FromResult(Answer("Good."));
        });

        await session.AskAsync(Rpc.Request("tools/list"));

        await host.CountedAsync(Tally.ServerError("protocol", "tools/list", "integration"));
    }

    private static Session Start(MonitoredHost host, params McpServerRequestHandler[] own) => host.Start(options =>
    {
        options.ToolCollection = [Tool("add", () => 3)];
        options.PromptCollection = [Prompt("greet", () => "Hello")];
        options.ResourceCollection = [Resource("note://{id}", (string id) => id)];
        options.RequestHandlers = [Own("tasks/get"), Own("tasks/update"), Own("tasks/cancel"), Own("tasks/list"), Own("tasks/result"), .. own];
    });

    private static McpServerRequestHandler Own(string method, Func<JsonNode?>? answer = null) =>
        new() { Method = method, Handler = (_, _) => ValueTask.FromResult(answer is null ? new JsonObject() : answer()) };
}
