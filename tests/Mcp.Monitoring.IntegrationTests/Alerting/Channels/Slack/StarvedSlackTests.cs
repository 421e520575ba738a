using System.Diagnostics;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.IntegrationTests.Tracing;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;

/// <summary>A server whose thread pool has no thread left tells Slack what is critical all the same.</summary>
[CollectionDefinition(nameof(StarvedSlackTests), DisableParallelization = true)]
[Collection(nameof(StarvedSlackTests))]
public sealed class StarvedSlackTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Critical_alert_arrives_within_15_s(string scheme)
    {
        using var own = new SelfSigned();
        await using SlackServer server = await SlackServer.StartAsync(scheme == "https" ? own.Certificate : null);
        await using ChildProcess process = ChildProcess.Start(Programs.Dotnet, [Program, "starved-slack", server.ApiAddress, SlackServer.Token], ("SSL_CERT_FILE", own.TrustFile));
        Assert.Equal("starved", await process.ReadLineAsync());

        long start = Stopwatch.GetTimestamp();
        await process.Input.WriteLineAsync();
        SlackPost[] posts = await Eventually.GetAsync(() => Task.FromResult(server.Posts), posts => posts.Any(IsAboutTool), Limit);

        Assert.True(posts.Any(IsAboutTool), $"after {Stopwatch.GetElapsedTime(start)}: {string.Join(", ", server.Requests)}; {process.Said}");
        await process.Input.WriteLineAsync();
        Assert.Equal("still starved", await process.ReadLineAsync());
    }

    private static bool IsAboutTool(SlackPost post) => post.Heading.Contains("get_order", StringComparison.Ordinal);
}
