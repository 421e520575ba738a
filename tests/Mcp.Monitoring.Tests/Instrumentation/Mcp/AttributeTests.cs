using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class AttributeTests
{
    [Theory]
    [InlineData(nameof(Toolbox.Plain), "plain", "team-a")]
    [InlineData(nameof(Toolbox.Renamed), "better", "team-a")]
    [InlineData(nameof(Toolbox.Owned), "owned", "team-b")]
    public async Task Attribute_of_the_method_wins_over_that_of_the_class_property_by_property(string method, string operation, string owner)
    {
        await using var host = new MonitoredHost();
        McpServerTool tool = FromClass(method);
        Session session = host.Start(options => options.ToolCollection = [tool]);

        await session.AskAsync(Rpc.Call(tool.ProtocolTool.Name));

        Assert.Equal(1, host.Value("mcp_operation_info", ("operation_type", "tools"), ("operation", operation), ("owner", owner)));
        await host.CountedAsync(Tally.Success("tools", operation));
    }

    [Fact]
    public async Task Ignored_tool_is_not_counted_whatever_becomes_of_it()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [FromClass(nameof(Toolbox.Ignored)), FromClass(nameof(Toolbox.IgnoredFailure)), FromClass(nameof(Toolbox.IgnoredRefusal))]);

        await session.AskAsync(Rpc.Call("ignored"));
        await session.AskAsync(Rpc.Call("ignored_failure"));
        await session.AskAsync(Rpc.Call("ignored_refusal"));

        Assert.DoesNotContain(host.Samples("mcp_operation_info"), sample => sample.Labels["operation_type"] == "tools");
        await host.CountedAsync();
    }

    [Fact]
    public async Task Method_can_undo_what_its_class_ignores()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection =
            [McpServerTool.Create(typeof(QuietToolbox).GetMethod(nameof(QuietToolbox.Loud))!), McpServerTool.Create(typeof(QuietToolbox).GetMethod(nameof(QuietToolbox.Quiet))!)]);

        await session.AskAsync(Rpc.Call("loud"));
        await session.AskAsync(Rpc.Call("quiet"));

        await host.CountedAsync(Tally.Success("tools", "loud"));
    }

    [Fact]
    public async Task Type_of_the_attribute_moves_the_operation()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [FromClass(nameof(Toolbox.Moved))]);

        await session.AskAsync(Rpc.Call("moved"));

        await host.CountedAsync(Tally.Success("function", "import"));
    }

    [Fact]
    public async Task Type_that_does_not_exist_warns_and_changes_nothing()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [FromClass(nameof(Toolbox.Mistyped))]);

        await session.AskAsync(Rpc.Call("mistyped"));

        string warning = Assert.Single(host.Log.Warnings);
        Assert.StartsWith("UnknownOperationType:", warning, StringComparison.Ordinal);
        Assert.Contains("\"tool\"", warning, StringComparison.Ordinal);
        Assert.Contains("mistyped", warning, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Success("tools", "mistyped"));
    }

    [Fact]
    public async Task Two_tools_of_one_name_warn_and_add_up()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [FromClass(nameof(Toolbox.Renamed)), Tool("better", () => 3)]);

        await session.AskAsync(Rpc.Call("renamed"));
        await session.AskAsync(Rpc.Call("better"));

        string warning = Assert.Single(host.Log.Warnings);
        Assert.StartsWith("SameOperation:", warning, StringComparison.Ordinal);
        Assert.Contains("tools better", warning, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Success("tools", "better", times: 2));
    }

    [Fact]
    public async Task Same_tool_in_two_servers_does_not_warn()
    {
        await using var host = new MonitoredHost();

        host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);
        host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);

        Assert.Empty(host.Log.Warnings);
    }

    [Fact]
    public async Task Attribute_refines_a_prompt_and_a_resource_as_well()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.PromptCollection = [McpServerPrompt.Create(typeof(Toolbox).GetMethod(nameof(Toolbox.Greeting))!)];
            options.ResourceCollection = [McpServerResource.Create(typeof(Toolbox).GetMethod(nameof(Toolbox.Note))!)];
        });

        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"greeting"}"""));
        await session.AskAsync(Rpc.Request("resources/read", """{"uri":"note://1"}"""));

        await host.CountedAsync(Tally.Success("prompts", "hello"), Tally.Success("resources", "notes"));
    }

    [Fact]
    public async Task Unhandled_failure_of_a_renamed_tool_is_counted_under_its_new_name()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [FromClass(nameof(Toolbox.Failing))]);

        await session.AskAsync(Rpc.Call("failing"));
        await session.AskAsync(Rpc.Call("failing", "[]"));

        await host.CountedAsync(
            ["ended tools fragile server_error 1", "ended tools fragile client_error 1", "timed tools fragile error 1"],
            ["error tools fragile server_error internal 1", "error tools fragile client_error validation 1"]);
    }

    private static McpServerTool FromClass(string method) => McpServerTool.Create(typeof(Toolbox).GetMethod(method)!);

    [MonitorMcpOperation(Owner = "team-a")]
    internal static class Toolbox
    {
        [McpServerTool(Name = "plain")]
        public static int Plain() => 1;

        [McpServerTool(Name = "renamed"), MonitorMcpOperation("tools", "better")]
        public static int Renamed() => 1;

        [McpServerTool(Name = "owned"), MonitorMcpOperation(Owner = "team-b")]
        public static int Owned() => 1;

        [McpServerTool(Name = "ignored"), MonitorMcpOperation(Ignore = true)]
        public static int Ignored() => 1;

        [McpServerTool(Name = "ignored_failure"), MonitorMcpOperation(Ignore = true)]
        public static int IgnoredFailure() => throw new InvalidOperationException("ignored");

        [McpServerTool(Name = "ignored_refusal"), MonitorMcpOperation(Ignore = true)]
        public static int IgnoredRefusal() => throw new ModelContextProtocol.McpProtocolException("ignored", ModelContextProtocol.McpErrorCode.InvalidParams);

        [McpServerTool(Name = "moved"), MonitorMcpOperation("Function", "import")]
        public static int Moved() => 1;

        [McpServerTool(Name = "mistyped"), MonitorMcpOperation("tool", "mistyped")]
        public static int Mistyped() => 1;

        [McpServerTool(Name = "failing"), MonitorMcpOperation("tools", "fragile")]
        public static int Failing() => throw new InvalidOperationException("fragile");

        [McpServerPrompt(Name = "greeting"), MonitorMcpOperation("prompts", "hello")]
        public static string Greeting() => "Hello";

        [McpServerResource(UriTemplate = "note://{id}", Name = "note"), MonitorMcpOperation("resources", "notes")]
        public static string Note(string id) => id;
    }

    [MonitorMcpOperation(Ignore = true)]
    internal static class QuietToolbox
    {
        [McpServerTool(Name = "loud"), MonitorMcpOperation(Ignore = false)]
        public static int Loud() => 1;

        [McpServerTool(Name = "quiet")]
        public static int Quiet() => 1;
    }
}
