#pragma warning disable MCP9005 // Sampling and roots are deprecated and still served.
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>A tool that works for 1 s, asks its client, who thinks for 40 s, and works for 2 s more.</summary>
public sealed class WaitTests
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Thought = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    public static TheoryData<string, string> Questions => new MatrixTheoryData<string, string>(
        [Rpc.Old, Rpc.Previous, Rpc.Newest], ["elicitation", "sampling", "roots"]);

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Wait_for_the_client_is_measured_apart_from_the_work(string revision, string question)
    {
        await using var host = new MonitoredHost();
        double ageWhileWaiting = double.NaN;
        McpClient client = await StartAsking(host, question).ConnectAsync(revision, options => Answer(options, () =>
        {
            host.Clock.Advance(Thought);
            ageWhileWaiting = host.Value("mcp_active_request_age_seconds", ("operation_type", "tools"));
        }));

        await client.CallAsync("ask");

        await host.CountedAsync(Tally.Handshake(revision), Tally.Success("tools", "ask"), Tally.Waited("ask"));
        Assert.Equal(Thought.TotalSeconds, host.Value("mcp_operation_wait_seconds_sum", ("operation", "ask")));
        Assert.Equal((Before + After).TotalSeconds, host.Value("mcp_operation_duration_seconds_sum", ("operation", "ask"), ("status", "success")));
        Assert.Equal(Before.TotalSeconds, ageWhileWaiting);
    }

    [Theory]
    [InlineData(Rpc.Previous)]
    [InlineData(Rpc.Newest)]
    public async Task Input_that_is_required_and_given_is_two_operations_and_a_wait(string revision)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("ask", (RequestContext<CallToolRequestParams> request) => AskOrAnswer(host, request))]);
        McpClient client = await session.ConnectAsync(revision, options => Answer(options, () => host.Clock.Advance(Thought)));

        CallToolResult result = await client.CallAsync("ask");

        Assert.Equal("accept", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        await host.CountedAsync(Tally.Handshake(revision), Tally.InputRequired("tools", "ask"), Tally.Success("tools", "ask"), Tally.Waited("ask"));
        Assert.Equal(Thought.TotalSeconds, host.Value("mcp_operation_wait_seconds_sum", ("operation", "ask")));
        Assert.Equal(After.TotalSeconds, host.Value("mcp_operation_duration_seconds_sum", ("operation", "ask"), ("status", "success")));
    }

    [Fact]
    public async Task Input_that_nobody_gives_is_required_and_nothing_else()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("ask", (RequestContext<CallToolRequestParams> request) => AskOrAnswer(host, request))]);

        string answer = await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"ask\",\"arguments\":{}", capabilities: """{"elicitation":{}}"""));

        Assert.Contains("input_required", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.InputRequired("tools", "ask"));
    }

    [Fact]
    public async Task Invented_state_of_a_request_starts_and_ends_no_wait()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);

        await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"add\",\"arguments\":{},\"requestState\":\"invented\""));

        await host.CountedAsync(Tally.Success("tools", "add"));
    }

    [Theory]
    [InlineData(Rpc.Previous)]
    [InlineData(Rpc.Newest)]
    public async Task Failure_after_a_wait_is_timed_without_it(string revision)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("ask", async Task<string> (McpServer server, CancellationToken cancellationToken) =>
            {
                await server.ElicitAsync(Question(), cancellationToken);
                host.Clock.Advance(After);
                throw new InvalidOperationException("afterwards");
            }),
        ]);
        McpClient client = await session.ConnectAsync(revision, options => Answer(options, () => host.Clock.Advance(Thought)));

        await client.CallAsync("ask");

        await host.CountedAsync(Tally.Handshake(revision), Tally.ServerError("tools", "ask", "internal"), Tally.Waited("ask"));
        Assert.Equal(After.TotalSeconds, host.Value("mcp_operation_duration_seconds_sum", ("operation", "ask"), ("status", "error")));
    }

    [Fact]
    public async Task Caller_who_gives_up_while_a_person_thinks_has_cancelled_however_long_that_took()
    {
        await using var host = new MonitoredHost();
        Session session = StartAsking(host, "elicitation");
        await session.AskAsync(Initialize("""{"elicitation":{}}"""));
        string question = await session.AskAsync(Rpc.Call("ask", id: 2));
        Assert.Contains("elicitation/create", question, StringComparison.Ordinal);
        host.Clock.Advance(Thought);

        await session.SendAsync(Rpc.Cancel(2));

        await host.CountedAsync(Tally.Success("protocol", "initialize"), Tally.Cancelled("tools", "ask"), Tally.Waited("ask"));
    }

    [Fact]
    public async Task Caller_of_the_newest_revision_who_gives_up_on_the_second_request_has_cancelled()
    {
        await using var host = new MonitoredHost();
        var answered = new SemaphoreSlim(0);
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("ask", async Task<string> (McpServer server, CancellationToken cancellationToken) =>
            {
                await server.ElicitAsync(Question(), cancellationToken);
                answered.Release();
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                return "never";
            }),
        ]);
        string first = await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"ask\",\"arguments\":{}", capabilities: """{"elicitation":{}}"""));
        string state = (string)System.Text.Json.Nodes.JsonNode.Parse(first)!["result"]!["requestState"]!;

        await session.SendAsync(Rpc.Modern(
            "tools/call",
            "\"name\":\"ask\",\"arguments\":{},\"inputResponses\":{\"input_1\":{\"action\":\"accept\",\"content\":{}}},\"requestState\":" + Rpc.Text(state),
            id: 2, capabilities: """{"elicitation":{}}"""));
        await answered.WaitAsync(TestContext.Current.CancellationToken);
        await session.SendAsync(Rpc.Cancel(2));

        await host.CountedAsync(Tally.Cancelled("tools", "ask"), Tally.Waited("ask"));
    }

    [Fact]
    public async Task Client_that_cannot_be_asked_makes_no_wait()
    {
        await using var host = new MonitoredHost();
        Session session = StartAsking(host, "elicitation");
        await session.AskAsync(Initialize("{}"));

        await session.AskAsync(Rpc.Call("ask", id: 2));

        await host.CountedAsync(Tally.Success("protocol", "initialize"), Tally.ServerError("tools", "ask", "internal"));
    }

    private static string Initialize(string capabilities) => Rpc.Request(
        "initialize", $$$"""{"protocolVersion":"2025-11-25","capabilities":{{{capabilities}}},"clientInfo":{"name":"c","version":"1"}}""");

    private static Session StartAsking(MonitoredHost host, string question) => host.Start(options => options.ToolCollection =
    [
        Tool("ask", async Task<string> (McpServer server, CancellationToken cancellationToken) =>
        {
            host.Clock.Advance(Before);
            switch (question)
            {
                case "elicitation":
                    await server.ElicitAsync(Question(), cancellationToken);
                    break;
                case "sampling":
                    await server.SampleAsync(new CreateMessageRequestParams { Messages = [], MaxTokens = 1 }, cancellationToken);
                    break;
                default:
                    await server.RequestRootsAsync(new ListRootsRequestParams(), cancellationToken);
                    break;
            }

            host.Clock.Advance(After);
            return "done";
        }),
    ]);

    private static string AskOrAnswer(MonitoredHost host, RequestContext<CallToolRequestParams> request)
    {
        if (request.Params.InputResponses?.TryGetValue("unit", out InputResponse? response) == true)
        {
            host.Clock.Advance(After);
            return response.Deserialize(InputResponse.ElicitResultJsonTypeInfo)!.Action;
        }

        throw new InputRequiredException(
            new Dictionary<string, InputRequest>(StringComparer.Ordinal) { ["unit"] = InputRequest.ForElicitation(Question()) }, requestState: "asked-for-unit");
    }

    private static ElicitRequestParams Question() => new() { Message = "Which unit?", RequestedSchema = new() };

    private static void Answer(McpClientOptions options, Action think)
    {
        options.Handlers.ElicitationHandler = (_, _) => Thinking(new ElicitResult { Action = "accept" });
        options.Handlers.SamplingHandler = (_, _, _) => Thinking(new CreateMessageResult { Content = [new TextContentBlock { Text = "42" }], Model = "m" });
        options.Handlers.RootsHandler = (_, _) => Thinking(new ListRootsResult { Roots = [] });

        ValueTask<T> Thinking<T>(T answer)
        {
            think();
            return ValueTask.FromResult(answer);
        }
    }
}
