using System.Reflection;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Clients;

/// <summary>The client of npm's <c>@modelcontextprotocol/sdk</c>, driven by <c>peers/client.mjs</c>.</summary>
public sealed class NodeClientTests
{
    private const string Revision = "2025-11-25";

    private static readonly string Peers = typeof(NodeClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gets_what_the_server_has_to_say(bool isStateful)
    {
        await using var sample = await Sample.StartAsync(isStateful ? ["--stateful"] : []);

        var said = await DriveAsync(sample);

        Assert.Equal("weather", said["server"]);
        Assert.Equal("get_forecast get_weather unstable", said["list"]);
        Assert.StartsWith("Oslo: ", said["call"], StringComparison.Ordinal);
        Assert.Equal("error: The station is closed on Sundays.", said["tool_error"]);
        Assert.Equal("error: An error occurred invoking 'unstable'.", said["exception"]);
        Assert.Equal("thrown: -32602", said["unknown tool"]);
        Assert.Contains("\"quito\"", said["resource"], StringComparison.Ordinal);
        Assert.Contains("Oslo", said["prompt"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Has_each_of_its_requests_counted_once(bool isStateful)
    {
        await using var sample = await Sample.StartAsync(isStateful ? ["--stateful"] : []);
        var before = await sample.Metrics.ScrapeAsync();

        await DriveAsync(sample);

        var after = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(
            new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                ["protocol initialize success"] = 1,
                ["protocol tools/list success"] = 1,
                ["tools get_weather success"] = 1,
                ["tools unstable tool_error"] = 1,
                ["tools unstable server_error"] = 1,
                ["tools _unknown client_error"] = 1,
                ["resources weather://stations/{id} success"] = 1,
                ["prompts pack_for_trip success"] = 1,
            },
            after.GrowthSince(before, "mcp_operations_total", "operation_type", "operation", "outcome"));
        Assert.Equal(8, after.Sum("mcp_requests_by_client_total", ("protocol_version", Revision)));
        Assert.Equal(8, after.Sum("mcp_requests_by_client_total"));
    }

    private static async Task<Dictionary<string, string>> DriveAsync(Sample sample)
    {
        string node = Programs.NodeOrSkip();
        Needs.That(
            Directory.Exists(Path.Combine(Peers, "node_modules", "@modelcontextprotocol", "sdk")),
            $"The npm package @modelcontextprotocol/sdk is not installed. Run npm ci in {Peers}.");

        await using var client = ChildProcess.Start(node, Path.Combine(Peers, "client.mjs"), sample.Mcp.AbsoluteUri);
        await client.ExitAsync();

        Assert.True(client.ExitCode is 0, client.Said);
        return JsonSerializer.Deserialize<Dictionary<string, string>>(client.Said)!;
    }
}
