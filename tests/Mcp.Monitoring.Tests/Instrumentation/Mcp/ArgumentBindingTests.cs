using System.Text.Json;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class ArgumentBindingTests
{
    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("{}")]
    [InlineData("""{"a":1,"b":"two"}""")]
    [InlineData("""{"a":1,"b":[]}""")]
    [InlineData("""{"a":1,"b":null}""")]
    [InlineData("""{"a":1,"b":99999999999999999999}""")]
    public async Task Arguments_that_do_not_fit_the_parameters_are_a_client_error(string arguments)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("add", (int a, int b) => a + b)]);

        string answer = await session.AskAsync(Rpc.Call("add", arguments));

        Assert.Contains("\"isError\":true", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.ClientError("tools", "add"));
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_a_client_error_behind_a_filter_of_the_application_as_well()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.ToolCollection = [Tool("add", (int a, int b) => a + b)];
            options.Filters.Request.CallToolFilters.Add(next => async (request, cancellationToken) => await next(request, cancellationToken));
        });

        await session.AskAsync(Rpc.Call("add", """{"a":1}"""));

        await host.CountedAsync(Tally.ClientError("tools", "add"));
    }

    [Fact]
    public async Task Object_with_a_wrong_member_is_a_client_error()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("order", (Order order) => order.Count)]);

        await session.AskAsync(Rpc.Call("order", """{"order":{"count":"many"}}"""));

        await host.CountedAsync(Tally.ClientError("tools", "order"));
    }

    public static TheoryData<string, Delegate> OwnFailures => new()
    {
        { "ArgumentException in the tool", string () => throw Own() },
        { "ArgumentNullException in the tool", string (string? city = null) => throw new ArgumentNullException(nameof(city)) },
        { "ArgumentOutOfRangeException in the tool", string (int count = 0) => throw new ArgumentOutOfRangeException(nameof(count)) },
        { "the runtime's check of a range in the tool", int (int count = -1) => { ArgumentOutOfRangeException.ThrowIfNegative(count); return count; } },
        { "ArgumentOutOfRangeException of a list in the tool", int (int index = 5) => new List<int> { 1 }[index] },
        { "JsonException in the tool", string () => throw new JsonException("own") },
        { "the runtime's check in the tool", string (string city = "") => { ArgumentException.ThrowIfNullOrEmpty(city); return city; } },
        { "the serializer in the tool", int () => JsonSerializer.Deserialize<Order>("""{"Count":"many"}""")!.Count },
        { "the serializer in a helper of the tool", int () => ReadOrder() },
        { "ArgumentException in an async tool", async Task<string> () => { await Task.Yield(); throw Own(); } },
        { "JsonException in an async tool before its first await", async Task<string> () => { Throw(); await Task.Yield(); return ""; } },
        { "the serializer in an async helper", async Task<int> () => await ReadOrderAsync() },
        { "JsonException in a callback of the runtime", string () => { Array.ForEach([1], _ => throw new JsonException("own")); return ""; } },
    };

    [Theory]
    [MemberData(nameof(OwnFailures), DisableDiscoveryEnumeration = true)]
    public async Task Same_exception_from_the_tools_own_code_is_a_server_error(string what, Delegate tool)
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("own", tool)]);

        string answer = await session.AskAsync(Rpc.Call("own"));

        Assert.True(answer.Contains("\"isError\":true", StringComparison.Ordinal), what);
        await host.CountedAsync(Tally.ServerError("tools", "own", "internal"));
    }

    [Fact]
    public async Task Prompt_without_its_argument_is_a_client_error()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.PromptCollection = [Prompt("greet", (string name) => $"Hello {name}")]);

        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"greet"}"""));

        await host.CountedAsync(Tally.ClientError("prompts", "greet"));
    }

    private static int ReadOrder() => JsonSerializer.Deserialize<Order>("""{"Count":[]}""")!.Count;

    private static async Task<int> ReadOrderAsync()
    {
        await Task.Yield();
        return ReadOrder();
    }

    private static ArgumentException Own(string city = "Oslo") => new("own", nameof(city));

    private static void Throw() => throw new JsonException("own");

    internal sealed record Order(int Count);
}
