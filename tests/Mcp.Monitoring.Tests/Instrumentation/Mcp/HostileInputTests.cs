using Microsoft.Extensions.DependencyInjection;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class HostileInputTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Observer_that_throws_changes_neither_the_answer_nor_the_counts(bool isHttp)
    {
        await using var host = new MonitoredHost(services => services.AddSingleton<IOperationObserver, ThrowingObserver>());
        Session session = isHttp ? host.StartHttp(Configure) : host.Start(Configure);

        string answer = await session.AskAsync(Rpc.Call("add", """{"a":7}"""));

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"7"}]}}""".Length, answer.Length);
        Assert.Contains("\"text\":\"7\"", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Success("tools", "add"), ["broken observer 2"]);

        static void Configure(ModelContextProtocol.Server.McpServerOptions options) => options.ToolCollection = [Tool("add", (int a) => a)];
    }

    [Fact]
    public async Task Exception_without_a_message_is_a_server_error_once()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Throwing("mute", () => new MuteException())]);

        await session.AskAsync(Rpc.Call("mute"));

        await host.CountedAsync(Tally.ServerError("tools", "mute", "internal"));
    }

    [Fact]
    public async Task Exception_whose_members_all_throw_is_counted_and_harms_nobody()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Throwing("trap", () => new TrapException()), Tool("add", () => 3)]);

        await session.AskAsync(Rpc.Call("trap"));
        string next = await session.AskAsync(Rpc.Call("add", id: 2));

        Assert.Contains("\"text\":\"3\"", next, StringComparison.Ordinal);
        await host.CountedAsync(Tally.ServerError("tools", "trap", "internal"), Tally.Success("tools", "add"));
    }

    [Fact]
    public async Task Huge_argument_is_a_success_like_any_other()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("length", (string text) => text.Length)]);

        string answer = await session.AskAsync(Rpc.Call("length", $$"""{"text":"{{new string('x', 5_000_000)}}"}"""));

        Assert.Contains("\"text\":\"5000000\"", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Success("tools", "length"));
    }

    [Fact]
    public async Task Endless_chain_of_causes_is_counted_once()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Throwing("deep", Deep)]);

        await session.AskAsync(Rpc.Call("deep"));

        await host.CountedAsync(Tally.ServerError("tools", "deep", "internal"));

        static Exception Deep()
        {
            Exception exception = new InvalidOperationException("root");
            for (int i = 0; i < 10_000; i++)
            {
                exception = new InvalidOperationException("shell", exception);
            }

            return exception;
        }
    }

    [Fact]
    public async Task Thousand_calls_at_once_are_counted_exactly()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("even", async Task<int> (int i) =>
            {
                await Task.Yield();
                return i % 2 == 0 ? i : throw new InvalidOperationException("odd");
            }),
        ]);

        for (int i = 0; i < 1000; i++)
        {
            await session.SendAsync(Rpc.Call("even", $$"""{"i":{{i}}}""", id: i + 1));
        }

        await host.StopAsync();
        Assert.Equal(
            ["ended tools even server_error 500", "ended tools even success 500", "error tools even server_error internal 500", "timed tools even error 500", "timed tools even success 500"],
            host.Counted());
    }

    private sealed class ThrowingObserver : IOperationObserver
    {
        public void OnStarted(in StartedOperation operation) => throw new InvalidOperationException("observer");

        public void OnCompleted(in CompletedOperation operation) => throw new InvalidOperationException("observer");
    }
}
