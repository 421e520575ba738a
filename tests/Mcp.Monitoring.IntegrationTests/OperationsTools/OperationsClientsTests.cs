using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.Extensions.Configuration;

namespace Mcp.Monitoring.IntegrationTests.OperationsTools;

/// <summary>The operations of the sample, asked by the clients that people have.</summary>
public sealed class OperationsClientsTests
{
    private const string Token = "a-token-of-the-tests";

    private static readonly string[] Reading =
        ["explain_incident", "explain_operation", "get_slo", "get_status", "list_alert_rules", "list_incidents", "list_operations", "query_metric", "recent_failures"];

    private static readonly string[] Acting = ["acknowledge_incident", "resolve_incident", "silence"];

    private static readonly string Peers = typeof(OperationsClientsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_of_npm_calls_every_tool_and_finds_each_answer_as_its_schema_says(bool isStateful)
    {
        string node = Programs.NodeOrSkip();
        Needs.That(Directory.Exists(Path.Combine(Peers, "node_modules", "@modelcontextprotocol", "sdk")), $"The npm package @modelcontextprotocol/sdk is not installed. Run npm ci in {Peers}.");
        await using var sample = await StartAsync(isStateful);

        await using var client = ChildProcess.Start(node, Path.Combine(Peers, "operations.mjs"), Operations(sample).AbsoluteUri, Token);
        await client.ExitAsync();

        Assert.True(client.ExitCode is 0, client.Said);
        var said = JsonSerializer.Deserialize<Dictionary<string, string>>(client.Said)!;
        Assert.Equal(Reading.Concat(Acting).Append("prompt").Append("resource").Order(StringComparer.Ordinal), said.Keys.Order(StringComparer.Ordinal));
        Assert.All(said.Where(entry => Reading.Contains(entry.Key, StringComparer.Ordinal) && entry.Key is not ("explain_incident" or "query_metric")), entry => Assert.StartsWith("answered: ", entry.Value, StringComparison.Ordinal));
        Assert.All(Acting.Append("explain_incident"), tool => Assert.StartsWith("refused: There is no incident 1 ", said[tool], StringComparison.Ordinal));
        Assert.Equal(("application/json", "user"), (said["resource"], said["prompt"]));
    }

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-06-18")]
    public async Task Tool_that_fails_is_found_in_one_question(string revision)
    {
        await using var sample = await StartAsync(isStateful: false);
        await using (var agent = await Caller.ConnectAsync(sample.Mcp, sample.Http, revision))
        {
            await agent.CallToolAsync("unstable", Caller.Arguments("how", "throw"), cancellationToken: TestContext.Current.CancellationToken);
        }

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        await using var operator_ = await Caller.ConnectAsync(Operations(sample), http, revision);
        JsonNode failure = await Eventually(async () => (await operator_.CallToolAsync("recent_failures", cancellationToken: TestContext.Current.CancellationToken))
            .StructuredContent is { } answer ? JsonNode.Parse(answer.GetRawText())!["failures"]!.AsArray().FirstOrDefault() : null);

        Assert.Equal(("tools", "unstable", "server_error"), ((string)failure["type"]!, (string)failure["operation"]!, (string)failure["outcome"]!));
        Assert.NotNull(failure["untrusted"]!["message"]);
    }

    private static Uri Operations(Sample sample) => new(sample.Address, "monitoring/mcp");

    private static Task<Sample> StartAsync(bool isStateful) => Sample.StartAsync(
        static builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["McpMonitoring:OperationsTools:Enabled"] = "true",
            ["McpMonitoring:StatusPage:Enabled"] = "true",
            ["McpMonitoring:StatusPage:Token"] = Token,
            ["McpMonitoring:Alerts:Storage:Path"] = ":memory:",
        }),
        isStateful ? ["--stateful"] : []);

    // What is shown is at most two seconds old.
    private static async Task<JsonNode> Eventually(Func<Task<JsonNode?>> find)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(hang.Token))
        {
            if (await find() is { } found)
            {
                return found;
            }
        }

        throw new TimeoutException();
    }
}
