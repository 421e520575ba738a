#pragma warning disable MCPEXP002 // The alternate pipeline is marked experimental; the SDK's own authorization uses it.
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>
/// The contract with AddAuthorizationFilters() of ModelContextProtocol.AspNetCore 2.4.0, which this project cannot reference: its check stands at index 0 of
/// CallToolWithAlternateFilters, outside every ordinary call-tool filter, and denies with McpProtocolException, InvalidRequest (-32600) and a text that
/// begins "Access forbidden". There is no code of its own, so that text is what tells a denial. If a new version of that package says something else,
/// this file is what to change first.
/// </summary>
public sealed class AuthorizationTests
{
    private const string Denial = "Access forbidden: This tool requires authorization.";

    [Fact]
    public async Task Denied_call_is_a_client_error_of_the_tool_that_was_refused()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, Tool("secret", () => 42));

        string answer = await session.AskAsync(Rpc.Call("secret"));

        Assert.Equal(-32600, (int)JsonNode.Parse(answer)!["error"]!["code"]!);
        await host.CountedAsync(Tally.ClientError("tools", "secret", "auth"));
    }

    [Fact]
    public async Task Denied_call_of_a_renamed_tool_is_counted_under_the_name_that_its_successes_have()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, McpServerTool.Create(Renamed));

        await session.AskAsync(Rpc.Call("secret"));

        await host.CountedAsync(Tally.ClientError("tools", "vault", "auth"));
    }

    [Fact]
    public async Task Denied_call_of_an_ignored_tool_is_not_counted()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, McpServerTool.Create(Ignored));

        await session.AskAsync(Rpc.Call("hidden"));

        await host.CountedAsync();
    }

    [Fact]
    public async Task Denied_call_of_an_unknown_tool_is_a_client_error_of_an_unknown_one()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, Tool("secret", () => 42));

        await session.AskAsync(Rpc.Call("other"));

        await host.StopAsync();
        Assert.Equal(
            Tally.ClientError("tools", "_unknown", "auth").Order(StringComparer.Ordinal),
            host.Counted().Where(line => !line.StartsWith("unknown ", StringComparison.Ordinal)),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Denied_prompt_and_resource_are_client_errors_of_their_own()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.PromptCollection = [Prompt("greet", () => "Hello")];
            options.ResourceCollection = [Resource("note://{id}", (string id) => id)];
            options.Filters.Request.GetPromptFilters.Add(_ => (_, _) => throw Denied());
            options.Filters.Request.ReadResourceFilters.Add(_ => (_, _) => throw Denied());
        });

        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"greet"}"""));
        await session.AskAsync(Rpc.Request("resources/read", """{"uri":"note://1"}"""));

        await host.CountedAsync(Tally.ClientError("prompts", "greet", "auth"), Tally.ClientError("resources", "note://{id}", "auth"));
    }

    [Theory]
    [InlineData(McpErrorCode.InvalidRequest, "access forbidden", "validation")]
    [InlineData(McpErrorCode.InvalidRequest, "Sorry. Access forbidden", "validation")]
    [InlineData(McpErrorCode.InvalidParams, Denial, "validation")]
    [InlineData(McpErrorCode.InvalidRequest, "Access forbidden", "auth")]
    public async Task Only_the_code_with_the_beginning_of_the_text_is_a_denial(McpErrorCode code, string text, string errorType)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Throwing("secret", () => new McpProtocolException(text, code))]);

        await session.AskAsync(Rpc.Call("secret"));

        await host.CountedAsync(Tally.ClientError("tools", "secret", errorType));
    }

    private static Session Start(MonitoredHost host, McpServerTool tool)
    {
        McpServerOptions options = Session.CreateOptions(options => options.ToolCollection = [tool]).AddMcpMonitoring(host.Services);
        options.Filters.Request.CallToolWithAlternateFilters.Insert(0, (_, _, _) => throw Denied());
        return host.Start(options);
    }

    private static McpProtocolException Denied() => new(Denial, McpErrorCode.InvalidRequest);

    [McpServerTool(Name = "secret"), MonitorMcpOperation("tools", "vault")]
    private static int Renamed() => 42;

    [McpServerTool(Name = "hidden"), MonitorMcpOperation(Ignore = true)]
    private static int Ignored() => 42;
}
