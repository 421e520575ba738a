using ModelContextProtocol.Protocol;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class UnknownNameTests
{
    [Fact]
    public async Task Unknown_tool_is_a_client_error_under_no_name_of_the_client()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Call("rm -rf"));

        await host.CountedAsync(Tally.Unknown("tools"));
    }

    [Fact]
    public async Task Unknown_tool_is_counted_once_behind_a_filter_of_the_application_as_well()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.ToolCollection = [Tool("add", () => 3)];
            options.Filters.Request.CallToolFilters.Add(next => async (request, cancellationToken) => await next(request, cancellationToken));
        });

        await session.AskAsync(Rpc.Call("other"));

        await host.CountedAsync(Tally.Unknown("tools"));
    }

    [Fact]
    public async Task Unknown_prompt_is_a_client_error_under_no_name_of_the_client()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"none"}"""));

        await host.CountedAsync(Tally.Unknown("prompts"));
    }

    [Fact]
    public async Task Unknown_resource_is_a_client_error_under_no_name_of_the_client()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Request("resources/read", """{"uri":"file:///etc/passwd"}"""));

        await host.CountedAsync(Tally.Unknown("resources"));
    }

    [Fact]
    public async Task Unknown_method_is_a_client_error_of_the_protocol_under_no_name_of_the_client()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        string answer = await session.AskAsync(Rpc.Request("tools/destroy"));

        Assert.Contains("-32601", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Unknown("protocol"));
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("prompts/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    [InlineData("tasks/get")]
    [InlineData("tasks/cancel")]
    public async Task Known_method_that_this_server_lacks_is_a_client_error_under_its_own_name(string method)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(_ => { });

        string answer = await session.AskAsync(Rpc.Request(method));

        Assert.Contains("-32601", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.ClientError("protocol", method));
    }

    [Theory]
    [InlineData("tools/call", """{"name":"add"}""", "tools")]
    [InlineData("prompts/get", """{"name":"greet"}""", "prompts")]
    [InlineData("resources/read", """{"uri":"note://1"}""", "resources")]
    [InlineData("completion/complete", """{"ref":{"type":"ref/prompt","name":"greet"},"argument":{"name":"a","value":"b"}}""", "completion")]
    public async Task Kind_of_operation_that_this_server_lacks_is_a_client_error_of_an_unknown_one(string method, string parameters, string type)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(_ => { });

        string answer = await session.AskAsync(Rpc.Request(method, parameters));

        Assert.Contains("-32601", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Unknown(type));
    }

    [Theory]
    [InlineData("tools/call", "{}", "tools")]
    [InlineData("tools/call", """["add"]""", "tools")]
    [InlineData("tools/call", """{"name":7}""", "tools")]
    [InlineData("tools/call", """{"name":"nobody","arguments":[]}""", "tools")]
    [InlineData("prompts/get", "{}", "prompts")]
    [InlineData("prompts/get", "[]", "prompts")]
    [InlineData("resources/read", "{}", "resources")]
    [InlineData("resources/read", "[]", "resources")]
    public async Task Parameters_of_a_wrong_shape_are_a_client_error(string method, string parameters, string type)
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Request(method, parameters));

        Assert.Equal(Tally.ClientError(type, "_unknown").Order(StringComparer.Ordinal), await WithoutUnknown(host), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Arguments_of_a_wrong_shape_are_a_client_error_of_the_tool_that_was_meant()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Call("add", "[]"));

        await host.CountedAsync(Tally.ClientError("tools", "add"));
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("logging/setLevel")]
    public async Task Parameters_of_a_wrong_shape_are_a_client_error_of_a_protocol_method(string method)
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Request(method, "[]"));

        await host.CountedAsync(Tally.ClientError("protocol", method));
    }

    [Fact]
    public async Task Notification_and_an_answer_that_nobody_waits_for_are_not_counted()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.SendAsync("""{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}""");
        await session.SendAsync("""{"jsonrpc":"2.0","method":"notifications/nonsense","params":{"a":1}}""");
        await session.SendAsync("""{"jsonrpc":"2.0","id":77,"result":{}}""");
        await session.SendAsync("this is not JSON");

        await host.CountedAsync();
    }

    // Whether a call without a name asks for something unknown is a matter of taste; that it is the caller's fault is not.
    private static async Task<IEnumerable<string>> WithoutUnknown(MonitoredHost host)
    {
        await host.StopAsync();
        return host.Counted().Where(line => !line.StartsWith("unknown ", StringComparison.Ordinal));
    }

    private static Session Start(MonitoredHost host) => host.Start(options =>
    {
        options.ToolCollection = [Tool("add", (int a) => a)];
        options.PromptCollection = [Prompt("greet", () => "Hello")];
        options.ResourceCollection = [Resource("note://{id}", (string id) => id)];
        options.Capabilities = new ServerCapabilities();
    });
}
