using System.Globalization;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>What a client can send ten thousand of.</summary>
[Collection(nameof(Alone))]
public sealed class InventedNamesTests
{
    private const int Many = 10_000;

    // Far below one for each name; what is kept of the latest requests has a bound of its own.
    private const int MostObjects = Many / 10;

    [Theory]
    [InlineData("tools/call", "name")]
    [InlineData("prompts/get", "name")]
    [InlineData("resources/read", "uri")]
    [InlineData("completion/complete", "ref")]
    [InlineData("", "method")]
    public async Task Names_that_a_client_invents_leave_the_series_and_the_memory_as_they_are(string method, string what)
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);
        await InventAsync(session, method, what, from: 0, to: 100);
        int lines = host.Lines().Count;
        int before = ReachableObjects.Count(host.Services);

        await InventAsync(session, method, what, from: 100, to: Many);

        Assert.Equal(lines, host.Lines().Count);
        Assert.InRange(ReachableObjects.Count(host.Services) - before, -before, MostObjects);
        Assert.DoesNotContain(host.Lines(), line => line.Contains("invented", StringComparison.Ordinal));
        await host.StopAsync();
        Assert.Equal(Many, host.Samples("mcp_operations_total").Sum(sample => sample.Value));
    }

    [Fact]
    public async Task States_of_requests_that_nobody_comes_back_with_are_bounded()
    {
        await using var host = new MonitoredHost();
        int asked = 0;
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("ask", string () => throw new ModelContextProtocol.Protocol.InputRequiredException(
                requestState: string.Create(CultureInfo.InvariantCulture, $"state {asked++}"))),
        ]);

        for (int i = 0; i < Many + 5; i++)
        {
            await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"ask\",\"arguments\":{}", i));
        }

        await host.StopAsync();
        Assert.Contains("dropped waits 5", host.Counted(), StringComparer.Ordinal);
    }

    private static async Task InventAsync(Session session, string method, string what, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"invented://{i}");
            string parameters = what == "ref"
                ? $$$"""{"type":"ref/prompt","name":"{{{name}}}"},"argument":{"name":"a","value":"b"}"""
                : $"\"{name}\"";
            await session.AskAsync(what == "method"
                ? Rpc.Modern(name, id: i, client: name)
                : Rpc.Modern(method, $"\"{what}\":{parameters}", id: i, client: name));
        }
    }

    private static Session Start(MonitoredHost host) => host.Start(options =>
    {
        options.ToolCollection = [Tool("add", () => 3)];
        options.PromptCollection = [Prompt("greet", () => "Hello")];
        options.ResourceCollection = [Resource("note://{id}", (string id) => id)];
        options.Handlers.CompleteHandler = (_, _) => ValueTask.FromResult(new ModelContextProtocol.Protocol.CompleteResult());
    });
}
