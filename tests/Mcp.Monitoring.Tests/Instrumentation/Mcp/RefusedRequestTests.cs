using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Servers that strangers can reach over HTTP: what the SDK refuses before any filter is seen when its answer goes out.</summary>
public sealed class RefusedRequestTests
{
    private static readonly string[] Refused = Tally.ClientError("protocol", "_unknown");

    [Fact]
    public async Task Revision_that_does_not_exist_is_a_client_error_once()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        string answer = await session.AskAsync(Rpc.Modern("tools/list", revision: "2099-01-01"));

        Assert.Contains("-32022", answer, StringComparison.Ordinal);
        await host.CountedAsync(Refused);
    }

    [Theory]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":7}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":[],"io.modelcontextprotocol/clientCapabilities":{}}}""")]
    public async Task Request_that_does_not_say_who_asks_is_a_client_error_once(string parameters)
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        string answer = await session.AskAsync(Rpc.Request("tools/call", parameters));

        Assert.Contains("-32602", answer, StringComparison.Ordinal);
        await host.CountedAsync(Refused);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    public async Task Method_that_the_newest_revision_dropped_is_a_client_error_once(string method)
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Modern(method));

        await host.CountedAsync(Refused);
    }

    [Fact]
    public async Task Errors_that_a_filter_has_seen_are_not_counted_again_when_they_go_out()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Call("none", id: 1));
        await session.AskAsync(Rpc.Call("strict", id: 2));
        await session.AskAsync(Rpc.Call("fail", id: 3));
        await session.AskAsync(Rpc.Call("add", "[]", id: 4));
        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"broken"}""", id: 5));
        await session.AskAsync(Rpc.Request("resources/read", """{"uri":"none://"}""", id: 6));
        await session.AskAsync(Rpc.Request("no/method", id: 7));
        await session.AskAsync(Rpc.Request("tasks/get", id: 8));
        await session.AskAsync(Rpc.Request("tools/list", "[]", id: 9));
        await session.AskAsync(Rpc.Call("add", id: 10));

        await host.CountedAsync(
            Tally.Unknown("tools"), Tally.ClientError("tools", "strict"), Tally.ServerError("tools", "fail", "internal"), Tally.ClientError("tools", "add"),
            Tally.ServerError("prompts", "broken", "internal"), Tally.Unknown("resources"), Tally.Unknown("protocol"), Tally.ClientError("protocol", "tasks/get"),
            Tally.ClientError("protocol", "tools/list"), ["ended tools add success 1", "timed tools add success 1"]);
    }

    [Fact]
    public async Task Id_that_is_used_again_after_an_error_is_counted_again()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        for (int i = 0; i < 3; i++)
        {
            await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"strict\",\"arguments\":{}", id: 1));
            await session.AskAsync(Rpc.Modern("tools/list", id: 1, revision: "2099-01-01"));
        }

        await host.CountedAsync(Tally.ClientError("tools", "strict", times: 3), Tally.ClientError("protocol", "_unknown", times: 3));
    }

    [Fact]
    public async Task Cancelled_call_leaves_no_answer_to_expect()
    {
        await using var host = new MonitoredHost();
        var started = new SemaphoreSlim(0);
        var ended = new SemaphoreSlim(0);
        Session session = host.StartHttp(options => options.ToolCollection =
        [
            Tool("hang", async Task<string> (CancellationToken cancellationToken) =>
            {
                started.Release();
                try
                {
                    await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                }
                finally
                {
                    ended.Release();
                }

                return "never";
            }),
        ]);
        await session.SendAsync(Rpc.Modern("tools/call", "\"name\":\"hang\",\"arguments\":{}", id: 1));
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await session.SendAsync(Rpc.Cancel(1));
        await ended.WaitAsync(TestContext.Current.CancellationToken);

        await session.AskAsync(Rpc.Modern("tools/list", id: 1, revision: "2099-01-01"));

        await host.CountedAsync(Tally.Cancelled("tools", "hang"), Refused);
    }

    private static Session Start(MonitoredHost host) => host.StartHttp(options =>
    {
        options.ToolCollection =
        [
            Tool("add", () => 3), Throwing("fail", () => new InvalidOperationException("fail")),
            Throwing("strict", () => new ModelContextProtocol.McpProtocolException("No.", ModelContextProtocol.McpErrorCode.InvalidParams)),
        ];
        options.PromptCollection = [Prompt("broken", string () => throw new InvalidOperationException("prompt"))];
        options.ResourceCollection = [Resource("note://{id}", (string id) => id)];
    });
}
