using System.Text.Json.Nodes;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Resources;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.Tests.Alerting.Channels.Telegram;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>All tools, resources and prompts on a server in memory, asked by the real client.</summary>
internal sealed class ServedTools : IAsyncDisposable
{
    private readonly Session _session;
    private readonly RecordedLogs _logs = new();
    private McpClient? _client;

    public ServedTools(string prefix = "")
    {
        Sources = new OperationsSources(Views, Alerts, Metrics, new FakeTimeProvider(Night.Now), _logs.CreateLogger("test"));
        Factory = new ToolFactory(Sources, prefix, _ => ValueTask.FromResult(Caller));
        _session = new Session(
            Session.CreateOptions(options =>
            {
                options.ToolCollection = [.. Factory.Reading(), .. Factory.Acting()];
                options.ResourceCollection = [.. OperationsResources.All(Sources, _ => Caller)];
                options.PromptCollection = [new InvestigatePrompt(_ => Caller)];
            }),
            services: null);
    }

    public FakeViews Views { get; } = new();

    public AskedManager Alerts { get; } = new();

    public FakeMetrics Metrics { get; } = new();

    public Caller Caller { get; set; } = new(MaySee: true, MayAct: true, "anna");

    public OperationsSources Sources { get; }

    public ToolFactory Factory { get; }

    public IEnumerable<string> Logged => _logs.Entries.Select(entry => entry.Message);

    public async Task<McpClient> ClientAsync() => _client ??= await _session.ConnectAsync(Rpc.Newest);

    public async Task<CallToolResult> CallAsync(string tool, params (string Name, object? Value)[] arguments) => await (await ClientAsync()).CallToolAsync(
        tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Calls a tool that must answer.</summary>
    public async Task<JsonObject> AnswerAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        CallToolResult result = await CallAsync(tool, arguments);
        Assert.False(result.IsError == true, TextOf(result));
        return (JsonObject)JsonNode.Parse(result.StructuredContent!.Value.GetRawText())!;
    }

    /// <summary>Calls a tool that must refuse.</summary>
    public async Task<JsonObject> RefusalAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        CallToolResult result = await CallAsync(tool, arguments);
        Assert.True(result.IsError);
        Assert.Null(result.StructuredContent);
        return (JsonObject)JsonNode.Parse(TextOf(result))!;
    }

    public static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    public async ValueTask DisposeAsync()
    {
        await _session.StopAsync();
        _session.Dispose();
        _logs.Dispose();
    }
}
