using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.OperationsTools.Resources;
using Mcp.Monitoring.OperationsTools.Serving;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.StatusPage.Views;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
#pragma warning disable MCP9004, MCP9006 // Sessions are kept for older clients, and so is what is said here of them.

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>The second server of a host, over HTTP, beside a server of each kind.</summary>
public sealed class OperationsServerTests
{
    private const string SessionId = "Mcp-Session-Id";

    private static readonly string[] Acting = [ToolNames.Acknowledge, ToolNames.Silence, ToolNames.Resolve];

    public static TheoryData<HttpServerSessionMode, string> Modes => new(
        from mode in new[] { HttpServerSessionMode.Stateless, HttpServerSessionMode.Stateful, HttpServerSessionMode.StatefulForInitializeClients }
        from revision in new[] { Rpc.Newest, Rpc.Old }
        select (mode, revision));

    [Theory, MemberData(nameof(Modes))]
    public async Task Every_tool_is_listed_and_answers_beside_a_server_of_each_kind(HttpServerSessionMode mode, string revision)
    {
        await using var host = await OperationsHost.StartAsync(mode);
        await using McpClient client = await host.ConnectAsync(revision);

        string[] listed = [.. (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.Name)];
        foreach (ITheoryDataRow row in ToolTests.Calls)
        {
            object?[] call = row.GetData();
            Assert.Contains((string)call[0]!, listed, StringComparer.Ordinal);
            // What asks the engine has nothing to answer from in a server that has just begun.
            if ((string)call[0]! != ToolNames.Metric)
            {
                CallToolResult result = await CallAsync(client, (string)call[0]!, (string)call[1]!);
                Assert.False(result.IsError == true, ServedTools.TextOf(result));
                Assert.NotNull(result.StructuredContent);
            }
        }

        Assert.Equal(ToolTests.Calls.Count, listed.Length);
        Assert.Equal(revision, client.NegotiatedProtocolVersion);
        Assert.Equal("mcp-monitoring", client.ServerInfo?.Name);
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Nothing_of_it_is_in_the_numbers_of_the_application(HttpServerSessionMode mode, string revision)
    {
        await using var host = await OperationsHost.StartAsync(mode);
        await using (McpClient own = await host.ConnectAsync(mode == HttpServerSessionMode.Stateful ? Rpc.Old : Rpc.Newest, "/mcp"))
        {
            await CallAsync(own, "own_tool", "{}");
        }

        SpinWait.SpinUntil(() => host.Counted().Any(line => line.Contains("own_tool", StringComparison.Ordinal)), TimeSpan.FromSeconds(10));
        IReadOnlyList<string> before = host.Counted();
        Assert.NotEmpty(before);

        await using (McpClient client = await host.ConnectAsync(revision))
        {
            await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
            await CallAsync(client, ToolNames.Status, "{}");
            await CallAsync(client, "no_such_tool", "{}", mayThrow: true);
            await client.ReadResourceAsync(ResourceUris.Status, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, host.Counted());
    }

    [Theory]
    [InlineData(HttpServerSessionMode.Stateful)]
    [InlineData(HttpServerSessionMode.StatefulForInitializeClients)]
    public async Task Session_of_the_application_is_nothing_to_the_operations(HttpServerSessionMode mode)
    {
        await using var host = await OperationsHost.StartAsync(mode);
        using HttpResponseMessage opened = await host.PostAsync(Rpc.Initialize("test", Rpc.Old), "/mcp");
        string session = opened.Headers.GetValues(SessionId).Single();

        using HttpResponseMessage known = await host.PostAsync(Rpc.Request("tools/list"), headers: headers => headers.Add(SessionId, session));
        using HttpResponseMessage stranger = await host.PostAsync(Rpc.Request("tools/list"), token: null, headers: headers => headers.Add(SessionId, session));
        using var end = new HttpRequestMessage(HttpMethod.Delete, new Uri(host.Address, OperationsServer.Route)) { Headers = { { SessionId, session }, { "Authorization", "Bearer " + OperationsHost.Token } } };
        using HttpResponseMessage notEnded = await host.Http.SendAsync(end, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.MethodNotAllowed), (known.StatusCode, stranger.StatusCode, notEnded.StatusCode));

        string own = await TextOf(host.PostAsync(Rpc.Request("tools/list"), "/mcp", token: null, headers => headers.Add(SessionId, session)));
        Assert.Contains("\"own_tool\"", own, StringComparison.Ordinal);
        Assert.DoesNotContain(ToolNames.Status, own, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpServerSessionMode.Stateful)]
    [InlineData(HttpServerSessionMode.StatefulForInitializeClients)]
    public async Task Operations_open_no_session_that_the_application_would_know(HttpServerSessionMode mode)
    {
        const string Claimed = "a-session-of-the-operations";
        await using var host = await OperationsHost.StartAsync(mode);

        using HttpResponseMessage opened = await host.PostAsync(Rpc.Initialize("test", Rpc.Old));
        using HttpResponseMessage asked = await host.PostAsync(Rpc.Request("tools/list"), headers: static headers => headers.Add(SessionId, Claimed));
        using HttpResponseMessage own = await host.PostAsync(Rpc.Request("tools/list"), "/mcp", headers: static headers => headers.Add(SessionId, Claimed));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (opened.StatusCode, asked.StatusCode, own.StatusCode));
        Assert.All([opened, asked, own], answer => Assert.False(answer.Headers.Contains(SessionId)));
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("another-token-than-it-is", null, HttpStatusCode.Unauthorized)]
    public async Task Who_may_not_see_gets_no_further_than_the_gate(string? token, string? origin, HttpStatusCode expected)
    {
        await using var host = await OperationsHost.StartAsync();

        using HttpResponseMessage answer = await host.PostAsync(Rpc.Request("tools/list"), token: token, headers: headers =>
        {
            if (origin is not null)
            {
                headers.Add("Origin", origin);
            }
        });

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Who_may_only_read_sees_no_tools_that_act()
    {
        await using var host = await OperationsHost.StartAsync(configure: static options => options.StatusPage.ReadOnly = true);
        await using McpClient client = await host.ConnectAsync(Rpc.Newest);

        string[] listed = [.. (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.Name)];

        Assert.Equal(ToolTests.Calls.Count - Acting.Length, listed.Length);
        Assert.Empty(listed.Intersect(Acting, StringComparer.Ordinal));
        await Assert.ThrowsAsync<McpProtocolException>(() => CallAsync(client, ToolNames.Resolve, """{"number":17}"""));
        Assert.Empty(host.Alerts.Asked);
    }

    [Fact]
    public async Task Listener_hears_of_an_incident_that_changes_and_of_nothing_else()
    {
        await using var host = await OperationsHost.StartAsync();
        using HttpResponseMessage stream = await ListenAsync(host, "monitoring://incidents/17", "monitoring://status", "file:///etc/passwd");
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        JsonNode acknowledged = await NextAsync(lines);
        Assert.Equal("notifications/subscriptions/acknowledged", (string?)acknowledged["method"]);
        Assert.Equal(["monitoring://incidents/17", "monitoring://status"], ((JsonArray)acknowledged["params"]!["notifications"]!["resourceSubscriptions"]!).Select(uri => (string)uri!));
        host.Views.Status = Night.Status with { LastHour = CallsView.None, Incidents = [Night.Open, Night.Over with { Told = [] }] };
        host.Views.Status = Night.Status with { LastHour = CallsView.None, Incidents = [Night.Open with { State = "acknowledged" }, Night.Over] };

        JsonNode[] updates = [await NextAsync(lines), await NextAsync(lines)];
        Assert.All(updates, update => Assert.Equal("notifications/resources/updated", (string?)update["method"]));
        Assert.Equal(["monitoring://incidents/17", "monitoring://status"], updates.Select(update => (string)update["params"]!["uri"]!));
        Assert.All(updates, update => Assert.Equal("1", update["params"]!["_meta"]!["io.modelcontextprotocol/subscriptionId"]!.ToJsonString()));
    }

    [Fact]
    public async Task Listening_ends_with_the_host()
    {
        await using var host = await OperationsHost.StartAsync();
        using HttpResponseMessage stream = await ListenAsync(host, "monitoring://status");
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        await NextAsync(lines);

        Task stopping = host.StopAsync();

        Assert.Contains("\"result\"", await lines.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task Everything_of_it_ends_with_the_host()
    {
        var time = new CountedTimers();
        var host = await OperationsHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        IServiceProvider own = host.Services.GetRequiredService<OperationsServer>().Services;
        ILoggerFactory lent = own.GetRequiredService<ILoggerFactory>();
        Assert.Same(host.Services.GetRequiredService<ILoggerFactory>(), lent);
        using (HttpResponseMessage stream = await ListenAsync(host, "monitoring://status"))
        {
            using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            await NextAsync(lines);
            Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => time.Running.Any(IsListener), TimeSpan.FromSeconds(30))), "Nobody listens.");

            Task stopping = host.StopAsync();
            await lines.ReadToEndAsync(TestContext.Current.CancellationToken);
            await stopping;
        }

        await host.DisposeAsync();

        Assert.DoesNotContain(time.Running, IsListener);
        Assert.Throws<ObjectDisposedException>(() => own.GetService<ILoggerFactory>());

        static bool IsListener(string made) => made.Contains(nameof(ResourceUpdates), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listeners_past_the_bound_are_refused_in_words()
    {
        await using var host = await OperationsHost.StartAsync();
        List<HttpResponseMessage> streams = [];
        for (int i = 0; i < ResourceUpdates.MostListeners; i++)
        {
            HttpResponseMessage stream = await ListenAsync(host, "monitoring://status");
            streams.Add(stream);
            using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), leaveOpen: true);
            await NextAsync(lines);
        }

        using HttpResponseMessage refused = await ListenAsync(host, "monitoring://status");

        Assert.Contains("50 callers listen already", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        streams.ForEach(stream => stream.Dispose());
    }

    [Theory]
    [InlineData(Rpc.Newest, true)]
    [InlineData(Rpc.Old, false)]
    public async Task Updates_are_offered_to_clients_that_can_hear_them(string revision, bool isOffered)
    {
        await using var host = await OperationsHost.StartAsync();
        await using McpClient client = await host.ConnectAsync(revision);

        Assert.Equal(isOffered, client.ServerCapabilities.Resources?.Subscribe == true);
    }

    [Fact]
    public async Task Resources_and_prompts_are_listed_with_descriptions()
    {
        await using var host = await OperationsHost.StartAsync();
        await using McpClient client = await host.ConnectAsync(Rpc.Newest);
        CancellationToken token = TestContext.Current.CancellationToken;

        var status = Assert.Single(await client.ListResourcesAsync(cancellationToken: token));
        var incident = Assert.Single(await client.ListResourceTemplatesAsync(cancellationToken: token));
        var prompt = Assert.Single(await client.ListPromptsAsync(cancellationToken: token));

        Assert.Equal((ResourceUris.Status, ResourceUris.Incident, "investigate_incident"), (status.Uri, incident.UriTemplate, prompt.Name));
        Assert.All([status.Description, incident.Description, prompt.Description], description => Assert.NotEmpty(description!));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.ReadResourceAsync("monitoring://incidents/99", cancellationToken: token));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.ReadResourceAsync("monitoring://incidents/x", cancellationToken: token));
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, string arguments, bool mayThrow = false)
    {
        try
        {
            return await client.CallToolAsync(
                tool, JsonNode.Parse(arguments)!.AsObject().ToDictionary(argument => argument.Key, argument => (object?)argument.Value, StringComparer.Ordinal), cancellationToken: TestContext.Current.CancellationToken);
        }
        catch (McpProtocolException) when (mayThrow)
        {
            return new CallToolResult { IsError = true };
        }
    }

    private static Task<HttpResponseMessage> ListenAsync(OperationsHost host, params string[] uris) => host.PostAsync(
        Rpc.Modern("subscriptions/listen", $"\"notifications\":{{\"resourceSubscriptions\":{JsonSerializer.Serialize(uris)}}}"),
        headers: static headers =>
        {
            headers.Add("MCP-Protocol-Version", Rpc.Newest);
            headers.Add("Mcp-Method", "subscriptions/listen");
        });

    private static async Task<JsonNode> NextAsync(StreamReader lines)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(TimeSpan.FromSeconds(30));
        while (await lines.ReadLineAsync(hang.Token) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line["data: ".Length..])!;
            }
        }

        throw new EndOfStreamException("The stream has ended.");
    }

    private static async Task<string> TextOf(Task<HttpResponseMessage> answer)
    {
        using HttpResponseMessage response = await answer;
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
