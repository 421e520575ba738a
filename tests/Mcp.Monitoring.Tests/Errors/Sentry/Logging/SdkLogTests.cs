using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Tests.Instrumentation.Http;
using Mcp.Monitoring.Tests.Instrumentation.Logging;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Sentry;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Logging;

/// <summary>What the MCP SDK logs of a call, and what the web server logs of a request.</summary>
public class SdkLogTests
{
    [Fact]
    public async Task Exception_of_a_tool_that_the_SDK_logs_is_one_event_of_the_tool()
    {
        IReadOnlyList<SentryEvent> sent = await CallAsync(Throwing("add", static () => new InvalidOperationException("no")));

        Assert.True(sent.Count == 1, string.Join('\n', sent.Select(one => $"{one.MechanismType} {one.Logger} {one.Exception}")));
        Assert.Equal("add", sent[0].Tags["mcp.tool.name"]);
        Assert.Null(sent[0].Logger);
    }

    [Fact]
    public async Task Exception_that_is_meant_for_the_model_is_no_event()
    {
        Assert.Empty(await CallAsync(Throwing("add", static () => new McpException("Ask for a city."))));
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_no_event()
    {
        Assert.Empty(await CallAsync(Tool("add", (int a) => a)));
    }

    [Fact]
    public async Task Exception_that_the_web_server_logs_is_one_event()
    {
        var outbox = new FakeOutbox();
        await using WebApp app = await StartAsync(outbox, app => app.MapGet("/", string (ILogger<WebApp> logger) =>
        {
            var exception = new InvalidOperationException("no");
            logger.LogError(exception, "It failed.");
            throw exception;
        }));

        await app.SendAsync("/");

        IReadOnlyList<SentryEvent> sent = outbox.SendOfHost();
        Assert.True(sent.Count == 1, string.Join('\n', sent.Select(one => $"{one.MechanismType} {one.Logger} {one.Exception}")));
    }

    [Fact]
    public async Task Error_of_a_request_whose_caller_has_hung_up_is_no_event()
    {
        var outbox = new FakeOutbox();
        var logged = new TaskCompletionSource();
        await using WebApp app = await StartAsync(outbox, app => app.MapGet("/", async (Microsoft.AspNetCore.Http.HttpContext http, ILogger<WebApp> logger) =>
        {
            try
            {
                await WebApp.UntilHungUpAsync(http);
            }
            catch (OperationCanceledException gone)
            {
                logger.LogError(gone, "It did not end.");
                logger.LogError(new IOException("reset", gone), "Nor could it be written.");
                logged.SetResult();
            }
        }));
        using var hungUp = new CancellationTokenSource();

        Task request = app.HangUpAsync("/", hungUp.Token);
        await hungUp.CancelAsync();
        await request;
        await logged.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Empty(outbox.SendOfHost());
    }

    private static async Task<IReadOnlyList<SentryEvent>> CallAsync(McpServerTool tool)
    {
        var outbox = new FakeOutbox();
        await using WebApp app = await StartAsync(outbox, app => app.MapMcp(tool));
        await app.PostAsync(Rpc.Call("add"));

        // What a test beside this one records through the static monitor goes to the host that started first: it has nothing of this call.
        return [.. outbox.SendOfHost().Where(sent => sent.Logger is not null || sent.Tags.ContainsKey("mcp.tool.name") || sent.Exception?.Message is "no")];
    }

    private static async Task<WebApp> StartAsync(FakeOutbox outbox, Action<WebApplication> map) => await WebApp.StartAsync(
        map, services => services.AddSingleton<ErrorOutbox>(outbox), options => options.Sentry.Dsn = SentryHost.Dsn);
}
