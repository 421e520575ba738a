using ModelContextProtocol.Protocol;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class CancellationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(29.999)]
    public async Task Caller_who_gives_up_before_30_seconds_has_cancelled(double seconds)
    {
        await using var host = new MonitoredHost();
        await GiveUpAfterAsync(host, TimeSpan.FromSeconds(seconds), static ct => Task.FromCanceled(ct));

        await host.CountedAsync(Tally.Cancelled("tools", "hang"));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(3600)]
    public async Task Caller_who_gives_up_after_30_seconds_has_met_a_hang(double seconds)
    {
        await using var host = new MonitoredHost();
        await GiveUpAfterAsync(host, TimeSpan.FromSeconds(seconds), static ct => Task.FromCanceled(ct));

        await host.CountedAsync(Tally.ServerError("tools", "hang", "timeout"));
    }

    [Fact]
    public async Task Driver_that_answers_a_cancelled_token_in_its_own_way_was_cancelled()
    {
        await using var host = new MonitoredHost();
        await GiveUpAfterAsync(host, TimeSpan.FromSeconds(1), static _ => throw new IOException("The socket was closed."));

        await host.CountedAsync(Tally.Cancelled("tools", "hang"));
    }

    [Fact]
    public async Task Bug_that_shows_after_the_caller_has_given_up_is_a_server_error()
    {
        await using var host = new MonitoredHost();
        await GiveUpAfterAsync(host, TimeSpan.FromSeconds(1), static _ => throw new InvalidOperationException("a bug"));

        await host.CountedAsync(Tally.ServerError("tools", "hang", "internal"));
    }

    [Fact]
    public async Task Tool_that_answers_although_its_caller_has_given_up_is_a_success()
    {
        await using var host = new MonitoredHost();
        await GiveUpAfterAsync(host, TimeSpan.FromSeconds(1), static _ => Task.CompletedTask);

        await host.CountedAsync(Tally.Success("tools", "hang"));
    }

    [Fact]
    public async Task Caller_who_gives_up_a_prompt_or_a_resource_has_cancelled()
    {
        await using var host = new MonitoredHost();
        var started = new SemaphoreSlim(0);
        Session session = host.Start(options =>
        {
            options.PromptCollection = [Prompt("hang", (CancellationToken ct) => HangAsync(started, ct))];
            options.ResourceCollection = [Resource("hang://{id}", (string id, CancellationToken ct) => HangAsync(started, ct))];
        });

        await session.SendAsync(Rpc.Request("prompts/get", """{"name":"hang"}""", id: 1));
        await session.SendAsync(Rpc.Request("resources/read", """{"uri":"hang://1"}""", id: 2));
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await session.SendAsync(Rpc.Cancel(1));
        await session.SendAsync(Rpc.Cancel(2));

        await host.CountedAsync(Tally.Cancelled("prompts", "hang"), Tally.Cancelled("resources", "hang://{id}"));
    }

    [Fact]
    public async Task Caller_who_gives_up_a_list_has_cancelled()
    {
        await using var host = new MonitoredHost();
        var started = new SemaphoreSlim(0);
        Session session = host.Start(options => options.Handlers.ListPromptsHandler = async (_, ct) =>
        {
            await HangAsync(started, ct);
            return new ListPromptsResult();
        });

        await session.SendAsync(Rpc.Request("prompts/list"));
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await session.SendAsync(Rpc.Cancel());

        await host.CountedAsync(Tally.Cancelled("protocol", "prompts/list"));
    }

    [Fact]
    public async Task Time_limit_of_the_tools_own_is_a_timeout()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Throwing("slow", () => new TaskCanceledException("HttpClient.Timeout"))]);

        await session.AskAsync(Rpc.Call("slow"));

        await host.CountedAsync(Tally.ServerError("tools", "slow", "timeout"));
    }

    [Fact]
    public async Task Session_that_ends_while_a_call_is_in_progress_leaves_nothing_active()
    {
        await using var host = new MonitoredHost();
        var started = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("slow", async Task<string> () =>
            {
                started.Release();
                await goOn.Task;
                return "late";
            }),
        ]);
        await session.SendAsync(Rpc.Call("slow"));
        await started.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["active tools 1"], host.Counted());

        Task stopping = session.StopAsync();
        goOn.SetResult();
        await stopping;

        await host.CountedAsync(Tally.Success("tools", "slow"));
    }

    private static async Task GiveUpAfterAsync(MonitoredHost host, TimeSpan time, Func<CancellationToken, Task> then)
    {
        var started = new SemaphoreSlim(0);
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("hang", async Task<string> (CancellationToken cancellationToken) =>
            {
                try
                {
                    await HangAsync(started, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    await then(cancellationToken);
                }

                return "done";
            }),
        ]);
        await session.SendAsync(Rpc.Call("hang"));
        await started.WaitAsync(TestContext.Current.CancellationToken);
        host.Clock.Advance(time);
        await session.SendAsync(Rpc.Cancel());
    }

    private static async Task<string> HangAsync(SemaphoreSlim started, CancellationToken cancellationToken)
    {
        started.Release();
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return "";
    }
}
