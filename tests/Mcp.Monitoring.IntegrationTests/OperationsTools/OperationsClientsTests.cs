using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.OperationsTools;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.OperationsTools;

/// <summary>The operations of the sample, asked by the clients that people have, beside a server of each kind.</summary>
public sealed class OperationsClientsTests(OperationsSamples samples) : IClassFixture<OperationsSamples>
{
    private static readonly string[] OwnTools = ["get_forecast", "get_weather", "unstable"];

    private static readonly string Peers = typeof(OperationsClientsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static TheoryData<HttpServerSessionMode> Modes => new(OperationsSamples.Modes);

    public static TheoryData<HttpServerSessionMode, string> ModesAndRevisions => new(
        from mode in OperationsSamples.Modes
        from revision in new[] { ProtocolVersions.WithoutSessions, "2025-11-25", "2025-06-18" }
        select (mode, revision));

    public static TheoryData<HttpServerSessionMode, string> ModesAndEras => new(OperationsSamples.Modes.Zip(["legacy", "modern", "auto"], static (mode, era) => (mode, era)));

    [Theory, MemberData(nameof(ModesAndRevisions))]
    public async Task Client_in_CSharp_calls_every_tool_and_finds_each_answer_as_its_schema_says(HttpServerSessionMode mode, string revision)
    {
        OperationsSample sample = await samples.OfAsync(mode);
        int incident = await sample.OpenIncidentAsync();
        await using McpClient own = await Caller.ConnectAsync(sample.Own, sample.Http, OperationsSample.ProtocolOf(mode));
        await using McpClient client = await Caller.ConnectAsync(sample.Operations, sample.Http, revision);

        Tool[] listed = [.. (await client.ListToolsAsync(cancellationToken: Ended)).Select(tool => tool.ProtocolTool)];
        Assert.Equal(EveryOperation.Names, listed.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        foreach ((string tool, JsonObject arguments) in EveryOperation.Calls(incident))
        {
            CallToolResult result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value, StringComparer.Ordinal), cancellationToken: Ended);
            Assert.False(result.IsError == true, $"{tool}: {TextOf(result)}");
            AssertAnswer(tool, listed.Single(known => known.Name == tool).OutputSchema!.Value, result.StructuredContent!.Value);
        }

        Assert.Equal(IncidentState.Resolved, sample.Alerts.ListIncidents().Single(known => known.Number == incident).State);
        Assert.Equal(EveryOperation.Prompt, Assert.Single(await client.ListPromptsAsync(cancellationToken: Ended)).Name);
        var prompt = await client.GetPromptAsync(EveryOperation.Prompt, new Dictionary<string, object?>(StringComparer.Ordinal) { ["number"] = $"{incident}" }, cancellationToken: Ended);
        Assert.Contains($"incident {incident} ", Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text, StringComparison.Ordinal);
        Assert.Equal(EveryOperation.Status, Assert.Single(await client.ListResourcesAsync(cancellationToken: Ended)).Uri);
        Assert.Equal(EveryOperation.Incidents + "{number}", Assert.Single(await client.ListResourceTemplatesAsync(cancellationToken: Ended)).UriTemplate);
        AssertAnswer("status", listed.Single(known => known.Name == "get_status").OutputSchema!.Value, await ReadAsync(client, EveryOperation.Status));
        AssertAnswer("incident", listed.Single(known => known.Name == "explain_incident").OutputSchema!.Value, await ReadAsync(client, EveryOperation.Incidents + incident));

        // Nothing of this is to the application's own clients.
        Assert.Equal(OwnTools, (await own.ListToolsAsync(cancellationToken: Ended)).Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.False((await own.CallToolAsync("get_weather", Caller.Arguments("city", "Oslo"), cancellationToken: Ended)).IsError == true);
        Assert.Equal((mode == HttpServerSessionMode.Stateless, true), (own.SessionId is null, client.SessionId is null));
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Client_of_npm_calls_every_tool_and_finds_each_answer_as_its_schema_says(HttpServerSessionMode mode)
    {
        string node = Programs.NodeOrSkip();
        Needs.That(Directory.Exists(Path.Combine(Peers, "node_modules", "@modelcontextprotocol", "sdk")), $"The npm package @modelcontextprotocol/sdk is not installed. Run npm ci in {Peers}.");
        OperationsSample sample = await samples.OfAsync(mode);
        int incident = await sample.OpenIncidentAsync();
        string calls = new JsonArray([.. EveryOperation.Calls(incident).Select(call => new JsonObject { ["name"] = call.Tool, ["args"] = call.Arguments })]).ToJsonString();

        await using var client = ChildProcess.Start(node, Path.Combine(Peers, "operations.mjs"), sample.Operations.AbsoluteUri, OperationsSample.Token, $"{incident}", calls);
        await client.ExitAsync();

        Assert.True(client.ExitCode is 0, client.Said);
        JsonNode said = JsonNode.Parse(client.Said)!;
        Assert.Equal(EveryOperation.Names, TextsOf(said["listed"]!));
        Assert.Equal(EveryOperation.Names, said["tools"]!.AsObject().Select(answer => answer.Key).Order(StringComparer.Ordinal));
        Assert.All(said["tools"]!.AsObject(), answer => Assert.DoesNotContain("refused", (string)answer.Value!, StringComparison.Ordinal));
        Assert.Equal(IncidentState.Resolved, sample.Alerts.ListIncidents().Single(known => known.Number == incident).State);
        Assert.Equal([EveryOperation.Prompt], TextsOf(said["prompts"]!));
        Assert.Contains($"incident {incident} ", (string)said["prompt"]!, StringComparison.Ordinal);
        Assert.Equal([EveryOperation.Status], TextsOf(said["resources"]!));
        Assert.Equal([EveryOperation.Incidents + "{number}"], TextsOf(said["templates"]!));
        Assert.NotNull(said["status"]);
        Assert.Equal(incident, (int)said["incident"]!);
    }

    [Theory, MemberData(nameof(ModesAndEras))]
    public async Task Inspector_calls_every_tool_and_each_answer_is_as_its_schema_says(HttpServerSessionMode mode, string era)
    {
        InspectorPackage.OrSkip();
        OperationsSample sample = await samples.OfAsync(mode);
        int incident = await sample.OpenIncidentAsync();
        Dictionary<string, JsonElement> schemas = [];

        // It ends with an error where a schema is one that some model does not take.
        foreach (JsonElement tool in (await InspectAsync("tools/list", "--strict")).GetProperty("tools").EnumerateArray())
        {
            schemas.Add(tool.GetProperty("name").GetString()!, tool.GetProperty("outputSchema"));
        }

        Assert.Equal(EveryOperation.Names, schemas.Keys.Order(StringComparer.Ordinal));
        foreach (var some in EveryOperation.Reading(incident).Chunk(3))
        {
            await Task.WhenAll(some.Select(CallAsync));
        }

        foreach (var call in EveryOperation.Acting(incident))
        {
            await CallAsync(call);
        }

        Assert.Equal(IncidentState.Resolved, sample.Alerts.ListIncidents().Single(known => known.Number == incident).State);
        JsonElement[] rest = await Task.WhenAll(
            InspectAsync("prompts/get", "--prompt-name", EveryOperation.Prompt, "--prompt-args", $"number={incident}"),
            InspectAsync("resources/read", "--uri", EveryOperation.Status),
            InspectAsync("resources/templates/list"));
        Assert.Contains($"incident {incident} ", rest[0].GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString(), StringComparison.Ordinal);
        AssertAnswer("status", schemas["get_status"], JsonElement.Parse(rest[1].GetProperty("contents")[0].GetProperty("text").GetString()!));
        Assert.Equal(EveryOperation.Incidents + "{number}", Assert.Single(rest[2].GetProperty("resourceTemplates").EnumerateArray()).GetProperty("uriTemplate").GetString());

        Task<JsonElement> InspectAsync(params string[] arguments) => InspectorPackage.InspectAsync(sample.Operations, era, ["--method", .. arguments]);

        async Task CallAsync((string Tool, JsonObject Arguments) call)
        {
            JsonElement result = await InspectAsync("tools/call", "--tool-name", call.Tool, "--tool-args-json", call.Arguments.ToJsonString());
            AssertAnswer(call.Tool, schemas[call.Tool], result.GetProperty("structuredContent"));
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Tool_that_fails_is_found_in_one_question(HttpServerSessionMode mode)
    {
        OperationsSample sample = await samples.OfAsync(mode);
        await using McpClient client = await Caller.ConnectAsync(sample.Operations, sample.Http, ProtocolVersions.WithoutSessions);

        JsonElement answer = (await client.CallToolAsync("recent_failures", cancellationToken: Ended)).StructuredContent!.Value;

        JsonElement failure = Assert.Single(answer.GetProperty("failures").EnumerateArray());
        Assert.Equal(("tools", "unstable", "server_error"), (failure.GetProperty("type").GetString(), failure.GetProperty("operation").GetString(), failure.GetProperty("outcome").GetString()));
        Assert.NotEmpty(failure.GetProperty("untrusted").GetProperty("message").GetString()!);
    }

    private static void AssertAnswer(string tool, JsonElement schema, JsonElement answer) => Assert.True(!JsonSchemas.Faults(schema, answer).Any(), $"{tool}: {string.Join("; ", JsonSchemas.Faults(schema, answer))}\n{answer}");

    private static async Task<JsonElement> ReadAsync(McpClient client, string uri) =>
        JsonElement.Parse(Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync(uri, cancellationToken: Ended)).Contents)).Text);

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private static IEnumerable<string> TextsOf(JsonNode names) => names.AsArray().Select(name => (string)name!);
}
