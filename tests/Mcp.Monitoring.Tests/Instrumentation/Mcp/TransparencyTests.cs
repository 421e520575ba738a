#pragma warning disable MCPEXP002 // Request handlers of the host's own are marked experimental; a host may use them.
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Whatever a client asks, the lines that come back are the same, byte for byte, from a server with monitoring and from one without.</summary>
public sealed class TransparencyTests
{
    private static readonly (string Name, string Method, string Members)[] Requests =
    [
        ("success", "tools/call", Call("add", """{"a":1,"b":2}""")),
        ("asynchronous success", "tools/call", Call("later")),
        ("exception", "tools/call", Call("fail")),
        ("asynchronous exception", "tools/call", Call("fail_later")),
        ("McpException", "tools/call", Call("tool_error")),
        ("isError", "tools/call", Call("is_error")),
        ("InvalidParams", "tools/call", Call("invalid")),
        ("InternalError with data", "tools/call", Call("internal")),
        ("page to visit", "tools/call", Call("visit")),
        ("missing argument", "tools/call", Call("add", """{"a":1}""")),
        ("wrong argument", "tools/call", Call("add", """{"a":"x","b":{}}""")),
        ("arguments that are no object", "tools/call", "\"name\":\"add\",\"arguments\":7"),
        ("unknown tool", "tools/call", Call("none")),
        ("no tool", "tools/call", ""),
        ("timeout of the tool's own", "tools/call", Call("timeout")),
        ("null message", "tools/call", Call("mute")),
        ("trap", "tools/call", Call("trap")),
        ("aggregate", "tools/call", Call("aggregate")),
        ("result that cannot be written", "tools/call", Call("cyclic")),
        ("huge argument", "tools/call", Call("length", $$"""{"text":"{{new string('y', 200_000)}}"}""")),
        ("ignored", "tools/call", Call("ignored")),
        ("server as an argument", "tools/call", Call("server")),
        ("question to a client that cannot answer", "tools/call", Call("elicit")),
        ("null of a low-level handler", "tools/call", Call("null")),
        ("input required", "tools/call", Call("input")),
        ("invented state", "tools/call", Call("add", """{"a":1,"b":2}""") + ",\"requestState\":\"invented\""),
        ("progress", "tools/call", Call("progress")),
        ("prompt", "prompts/get", "\"name\":\"greet\""),
        ("null instead of a prompt", "prompts/get", "\"name\":\"null\""),
        ("late null instead of a prompt", "prompts/get", "\"name\":\"late_null\""),
        ("null instead of a resource", "resources/read", "\"uri\":\"null://\""),
        ("prompt that fails", "prompts/get", "\"name\":\"broken\""),
        ("unknown prompt", "prompts/get", "\"name\":\"none\""),
        ("resource", "resources/read", "\"uri\":\"note://1\""),
        ("resource that fails", "resources/read", "\"uri\":\"broken://1\""),
        ("unknown resource", "resources/read", "\"uri\":\"none://1\""),
        ("resource without an address", "resources/read", ""),
        ("completion", "completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}"),
        ("list of tools", "tools/list", ""),
        ("list of prompts", "prompts/list", ""),
        ("list of resources", "resources/list", ""),
        ("list of templates", "resources/templates/list", ""),
        ("ping", "ping", ""),
        ("logging level", "logging/setLevel", "\"level\":\"info\""),
        ("subscription", "resources/subscribe", "\"uri\":\"note://1\""),
        ("method of the host's own", "own/good", ""),
        ("method of the host's own that fails", "own/bad", ""),
        ("unknown method", "own/none", ""),
        ("discovery", "server/discover", ""),
    ];

    public static TheoryData<string> Names => [.. Requests.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Answer_to_a_client_with_a_handshake_is_the_same(string name) => CompareAsync(
        Rpc.Initialize("claude-code", Rpc.Previous, id: 100), Find(name) is var (_, method, members) ? Rpc.Request(method, $"{{{members}}}") : "");

    [Theory]
    [MemberData(nameof(Names))]
    public Task Answer_to_a_client_of_the_newest_revision_is_the_same(string name) =>
        CompareAsync(Find(name) is var (_, method, members) ? Rpc.Modern(method, members) : "");

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["add"]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"add"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"one","method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2},"_meta":{"traceparent":"rubbish"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2},"_meta":{"traceparent":{"a":[]}}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"traceparent":null}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2099-01-01"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""")]
    public Task Answer_to_a_malformed_request_is_the_same(string line) => CompareAsync(line);

    private static (string Name, string Method, string Members) Find(string name) => Requests.Single(request => request.Name == name);

    /// <summary>The last of the lines is the one whose answers are compared; a ping after it tells where they end.</summary>
    private static async Task CompareAsync(params string[] lines)
    {
        await using var host = new MonitoredHost(services => services.AddSingleton<IOperationObserver, CuriousObserver>());
        var plain = new Session(Session.CreateOptions(Configure), host.Services);
        IReadOnlyList<string> expected = await AnswersAsync(plain, lines);
        await plain.StopAsync();
        plain.Dispose();

        IReadOnlyList<string> monitored = await AnswersAsync(host.Start(Configure), lines);
        IReadOnlyList<string> monitoredHttp = await AnswersAsync(host.StartHttp(Configure), lines);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, monitored, StringComparer.Ordinal);
        Assert.Equal(expected, monitoredHttp, StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> AnswersAsync(Session session, string[] lines)
    {
        List<string> answers = [];
        foreach (string line in lines)
        {
            await session.SendAsync(line);
            string answer;
            do
            {
                answer = await session.ReadAsync();
                answers.Add(answer);
            }
            while (!answer.StartsWith("""{"jsonrpc":"2.0","id":""", StringComparison.Ordinal) && !answer.Contains("\"id\":", StringComparison.Ordinal));
        }

        return answers;
    }

    private static void Configure(McpServerOptions options)
    {
        options.ToolCollection =
        [
            Tool("add", (int a, int b) => a + b),
            Tool("later", async Task<string> () => { await Task.Yield(); return "later"; }),
            Throwing("fail", () => new InvalidOperationException("secret")),
            Tool("fail_later", async Task<string> () => { await Task.Yield(); throw new InvalidOperationException("secret"); }),
            Throwing("tool_error", () => new McpException("Closed on Sundays.")),
            Tool("is_error", () => Answer("Closed.", isError: true)),
            Throwing("invalid", () => new McpProtocolException("No.", McpErrorCode.InvalidParams)),
            Throwing("internal", () => new McpProtocolException("Oh.", McpErrorCode.InternalError) { Data = { ["why"] = "because" } }),
            Throwing("visit", () => new UrlElicitationRequiredException("Sign in there.", [new ElicitRequestParams { Mode = "url", Message = "m", Url = "http://localhost/", ElicitationId = "e" }])),
            Throwing("timeout", () => new TaskCanceledException("HttpClient.Timeout")),
            Throwing("mute", () => new MuteException()),
            Throwing("trap", () => new TrapException()),
            Throwing("aggregate", () => new AggregateException(new McpException("one"), new JsonException("two"))),
            Tool("cyclic", () => new Cyclic()),
            Tool("length", (string text) => text.Length),
            McpServerTool.Create(Ignored),
            Tool("server", (McpServer server) => server.ServerOptions.ServerInfo!.Name + server.IsMrtrSupported + server.SessionId),
            Tool("elicit", async Task<string> (McpServer server, CancellationToken cancellationToken) =>
                (await server.ElicitAsync(new ElicitRequestParams { Message = "?", RequestedSchema = new() }, cancellationToken)).Action),
            Throwing("input", () => new InputRequiredException(requestState: "state")),
            Tool("progress", async Task<string> (RequestContext<CallToolRequestParams> request) =>
            {
                await request.Server.SendNotificationAsync("notifications/custom", TestContext.Current.CancellationToken);
                return "progressed";
            }),
        ];
        options.PromptCollection = [Prompt("greet", () => "Hello"), Prompt("broken", string () => throw new InvalidOperationException("prompt"))];
        options.ResourceCollection = [Resource("note://{id}", (string id) => id), Resource("broken://{id}", string (string id) => throw new InvalidOperationException(id))];
        options.Handlers.CallToolHandler = (request, _) => request.Params.Name == "null" ? default : throw new McpProtocolException("Unknown.", McpErrorCode.InvalidParams);
        options.Handlers.GetPromptHandler = async (request, _) =>
        {
            if (request.Params.Name == "late_null")
            {
                await Task.Yield();
            }

            return request.Params.Name.EndsWith("null", StringComparison.Ordinal) ? null! : throw new McpProtocolException("Unknown.", McpErrorCode.InvalidParams);
        };
        options.Handlers.ReadResourceHandler = (request, _) =>
            request.Params.Uri == "null://" ? default : throw new McpProtocolException("Unknown.", McpErrorCode.ResourceNotFound);
        options.Handlers.CompleteHandler = (_, _) => ValueTask.FromResult(new CompleteResult());
        options.RequestHandlers =
        [
            new McpServerRequestHandler { Method = "own/good", Handler = (_, _) => ValueTask.FromResult<JsonNode?>(new JsonObject { ["own"] = 1 }) },
            new McpServerRequestHandler { Method = "own/bad", Handler = (_, _) => throw new InvalidOperationException("own") },
        ];
        options.Filters.Request.CallToolFilters.Add(next => async (request, cancellationToken) => await next(request, cancellationToken));
    }

    private static string Call(string tool, string arguments = "{}") => $"\"name\":\"{tool}\",\"arguments\":{arguments}";

    [McpServerTool(Name = "ignored"), MonitorMcpOperation(Ignore = true)]
    private static string Ignored() => "ignored";

    private sealed class Cyclic
    {
        public Cyclic Self => this;
    }

    /// <summary>Reads all there is to read, and throws in the end.</summary>
    private sealed class CuriousObserver : IOperationObserver
    {
        public void OnStarted(in StartedOperation operation) => throw new InvalidOperationException(operation.Operation + operation.CorrelationId);

        public void OnCompleted(in CompletedOperation operation) => throw new InvalidOperationException(
            $"{operation.Operation}{operation.Outcome}{operation.Exception?.Message}{operation.Duration}{operation.Wait}{operation.TraceId}{operation.Method}{operation.Client}");
    }
}
