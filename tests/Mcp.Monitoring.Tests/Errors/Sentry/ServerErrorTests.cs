using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using Sentry;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>What a real MCP server leaves for Sentry.</summary>
public sealed class ServerErrorTests : IAsyncDisposable
{
    private readonly FakeOutbox _outbox = new();
    private readonly MonitoredHost _host;

    public ServerErrorTests()
    {
        _host = new MonitoredHost(
            services => services.AddSingleton<ErrorOutbox>(_outbox),
            options =>
            {
                options.Sentry.Dsn = SentryHost.Dsn;
                options.Sentry.InAppInclude = ["Mcp.Monitoring.Tests"];
            });
        _outbox.Finisher = _host.Services.GetRequiredService<EventFinisher>();
        _host.Services.GetRequiredService<ErrorTracker>().Start();
    }

    public static TheoryData<string> Revisions => [Rpc.Old, Rpc.Previous, Rpc.Newest];

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Tool_that_throws_is_one_event(string revision)
    {
        var client = await _host.Start(options => options.ToolCollection = [Throwing("fail", () => new InvalidOperationException("secret"))]).ConnectAsync(revision);

        await client.CallAsync("fail");
        await _host.StopAsync();

        SentryEvent sent = Assert.Single(_outbox.Send());
        Assert.IsType<InvalidOperationException>(sent.Exception);
        Assert.Equal("tools/call fail", sent.Transaction);
        Assert.Equal(("fail", "fail", "claude-code", revision, "stdio"), (sent.Tags["mcp.tool.name"], sent.Tags["gen_ai.tool.name"], sent.Tags["mcp.client.name"], sent.Tags["mcp.protocol.version"], sent.Tags["session"]));
        Assert.Equal(("auto.ai.mcp_server", false), (sent.MechanismType, sent.IsHandled));
        Assert.Equal("claude-code 1", sent.Context("mcp")["client"]);
        Assert.Equal("test 1", sent.Context("mcp")["server"]);
    }

    [Fact]
    public async Task Failure_deep_in_nested_scopes_that_is_wrapped_on_its_way_out_is_one_event_with_the_frames_of_the_application()
    {
        IMcpMonitor monitor = _host.Services.GetRequiredService<IMcpMonitor>();
        Session session = _host.Start(options => options.ToolCollection = [Tool("deep", (CancellationToken token) => OuterAsync(monitor, token))]);

        await session.AskAsync(Rpc.Call("deep"));
        await _host.StopAsync();

        SentryEvent sent = Assert.Single(_outbox.Send());
        Assert.IsType<TimeoutException>(sent.Exception);
        Assert.Equal("deep", sent.Tags["operation"]);
        Assert.Equal(["tools deep", "timeout", "System.TimeoutException"], sent.Fingerprint.Take(3), StringComparer.Ordinal);
        Assert.Contains(nameof(InnerAsync), sent.Fingerprint[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_and_resource_are_told_by_their_names()
    {
        Session session = _host.Start(options =>
        {
            options.PromptCollection = [Prompt("greet", string () => throw new InvalidOperationException())];
            options.ResourceCollection = [Resource("sample://item/{id}", string (string id) => throw new InvalidOperationException(id))];
        });

        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"greet"}"""));
        await session.AskAsync(Rpc.Request("resources/read", """{"uri":"sample://item/7"}"""));
        await _host.StopAsync();

        IReadOnlyList<SentryEvent> sent = _outbox.Send();
        Assert.Equal(["prompts/get greet", "resources/read"], sent.Select(one => one.Transaction), StringComparer.Ordinal);
        Assert.Equal(("greet", "prompt_execution"), (sent[0].Tags["mcp.prompt.name"], sent[0].Tags["mcp.error_kind"]));
        Assert.Equal(("sample://item/{id}", "resource_execution"), (sent[1].Tags["mcp.resource.name"], sent[1].MechanismData["error_type"]));
        Assert.DoesNotContain("resource_uri", sent[1].Context("mcp").Keys, StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_not_the_servers_fault_is_no_event()
    {
        Session session = _host.Start(options => options.ToolCollection =
        [
            Throwing("closed", () => new McpException("Closed on Sundays.")),
            Tool("sorry", () => Answer("Closed.", isError: true)),
            Throwing("strict", () => new McpProtocolException("No.", McpErrorCode.InvalidParams)),
            Throwing("refused", () => new McpValidationException("No.")),
            Throwing("visit", () => new McpProtocolException("Sign in there.", McpErrorCode.UrlElicitationRequired)),
            Tool("add", (int a) => a),
        ]);

        foreach (string tool in new[] { "closed", "sorry", "strict", "refused", "visit", "add", "unknown" })
        {
            await session.AskAsync(Rpc.Call(tool));
        }

        await _host.StopAsync();

        Assert.Empty(_outbox.Send());
        Assert.Equal(0, _outbox.DroppedErrors);
    }

    private static async Task<string> OuterAsync(IMcpMonitor monitor, CancellationToken token)
    {
        try
        {
            return await monitor.RunAsync(OperationType.Function, "outer", inner => InnerAsync(monitor, inner), token);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException("wrapped", late);
        }
    }

    private static async ValueTask<string> InnerAsync(IMcpMonitor monitor, CancellationToken token)
    {
        await Task.Yield();
        return await monitor.RunAsync<string>(OperationType.Function, "inner", _ => throw new TimeoutException("late"), token);
    }
}
