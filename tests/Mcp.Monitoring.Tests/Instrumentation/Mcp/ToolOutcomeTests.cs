using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class ToolOutcomeTests
{
    public static TheoryData<string> Revisions => [Rpc.Old, Rpc.Previous, Rpc.Newest];

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Tool_that_answers_is_a_success(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await host.Start(options => options.ToolCollection = [Tool("add", (int a, int b) => a + b)]).ConnectAsync(revision);

        CallToolResult result = await client.CallAsync("add", ("a", 1), ("b", 2));

        Assert.Equal("3", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        await host.CountedAsync(Tally.Handshake(revision), Tally.Success("tools", "add"));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Exception_that_the_SDK_hides_behind_an_answer_is_a_server_error_once(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await host.Start(options => options.ToolCollection = [Throwing("fail", () => new InvalidOperationException("secret"))]).ConnectAsync(revision);

        CallToolResult result = await client.CallAsync("fail");

        Assert.True(result.IsError);
        await host.CountedAsync(Tally.Handshake(revision), Tally.ServerError("tools", "fail", "internal"));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task McpException_is_a_tool_error(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await host.Start(options => options.ToolCollection = [Throwing("closed", () => new McpException("Closed on Sundays."))]).ConnectAsync(revision);

        CallToolResult result = await client.CallAsync("closed");

        Assert.True(result.IsError);
        await host.CountedAsync(Tally.Handshake(revision), Tally.ToolError("closed"));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Returned_isError_is_a_tool_error(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await host.Start(options => options.ToolCollection = [Tool("closed", () => Answer("Closed.", isError: true))]).ConnectAsync(revision);

        CallToolResult result = await client.CallAsync("closed");

        Assert.True(result.IsError);
        await host.CountedAsync(Tally.Handshake(revision), Tally.ToolError("closed"));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Protocol_exception_with_InvalidParams_is_a_client_error_without_a_duration(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await host.Start(options =>
            options.ToolCollection = [Throwing("strict", () => new McpProtocolException("No.", McpErrorCode.InvalidParams))]).ConnectAsync(revision);

        McpProtocolException refused = await Assert.ThrowsAsync<McpProtocolException>(() => client.CallAsync("strict"));

        Assert.Equal(McpErrorCode.InvalidParams, refused.ErrorCode);
        await host.CountedAsync(Tally.Handshake(revision), Tally.ClientError("tools", "strict"));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Protocol_exception_with_InternalError_is_a_server_error(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await host.Start(options =>
            options.ToolCollection = [Throwing("broken", () => new McpProtocolException("Oh.", McpErrorCode.InternalError))]).ConnectAsync(revision);

        await Assert.ThrowsAsync<McpProtocolException>(() => client.CallAsync("broken"));

        await host.CountedAsync(Tally.Handshake(revision), Tally.ServerError("tools", "broken", "internal"));
    }

    [Theory]
    [InlineData(McpErrorCode.ParseError, true)]
    [InlineData(McpErrorCode.InvalidRequest, true)]
    [InlineData(McpErrorCode.MethodNotFound, true)]
    [InlineData(McpErrorCode.InvalidParams, true)]
    [InlineData(McpErrorCode.ResourceNotFound, true)]
    [InlineData(McpErrorCode.HeaderMismatch, true)]
    [InlineData(McpErrorCode.MissingRequiredClientCapability, true)]
    [InlineData(McpErrorCode.UnsupportedProtocolVersion, true)]
    [InlineData(McpErrorCode.InternalError, false)]
    [InlineData((McpErrorCode)(-32000), false)]
    [InlineData((McpErrorCode)1234, false)]
    public async Task Code_of_a_protocol_exception_tells_whose_fault_it_is(McpErrorCode code, bool isCallers)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Throwing("code", () => new McpProtocolException("Text.", code))]);

        await session.AskAsync(Rpc.Call("code"));

        await host.CountedAsync(isCallers ? Tally.ClientError("tools", "code") : Tally.ServerError("tools", "code", "internal"));
    }

    [Fact]
    public void Every_code_that_the_SDK_knows_is_in_the_test_of_codes()
    {
        McpErrorCode[] tested =
        [
            McpErrorCode.ParseError, McpErrorCode.InvalidRequest, McpErrorCode.MethodNotFound, McpErrorCode.InvalidParams, McpErrorCode.ResourceNotFound,
            McpErrorCode.HeaderMismatch, McpErrorCode.MissingRequiredClientCapability, McpErrorCode.UnsupportedProtocolVersion, McpErrorCode.InternalError,
        ];

        // Asking for a visit to a page is no error; the test below has it.
        Assert.Equivalent(Enum.GetValues<McpErrorCode>().Except([McpErrorCode.UrlElicitationRequired]), tested, strict: true);
    }

    [Fact]
    public async Task Protocol_exception_that_sends_the_person_to_a_page_is_input_required()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
            options.ToolCollection = [Throwing("visit", () => new McpProtocolException("Sign in there.", McpErrorCode.UrlElicitationRequired))]);

        await session.AskAsync(Rpc.Call("visit"));

        await host.CountedAsync(Tally.InputRequired("tools", "visit"));
    }

    [Fact]
    public async Task Exception_after_an_await_is_a_server_error_once()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("fail", async Task<string> () =>
            {
                await Task.Yield();
                throw new InvalidOperationException("later");
            }),
        ]);

        await session.AskAsync(Rpc.Call("fail"));

        await host.CountedAsync(Tally.ServerError("tools", "fail", "internal"));
    }

    [Fact]
    public async Task Aggregate_of_two_failures_is_one_server_error()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection =
            [Throwing("both", () => new AggregateException(new InvalidOperationException("one"), new HttpRequestException("two")))]);

        await session.AskAsync(Rpc.Call("both"));

        await host.CountedAsync(Tally.ServerError("tools", "both", "internal"));
    }

    [Fact]
    public async Task Upstream_that_does_not_answer_is_an_error_of_the_integration()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Throwing("fetch", () => new HttpRequestException("refused"))]);

        await session.AskAsync(Rpc.Call("fetch"));

        await host.CountedAsync(Tally.ServerError("tools", "fetch", "integration"));
    }
}
