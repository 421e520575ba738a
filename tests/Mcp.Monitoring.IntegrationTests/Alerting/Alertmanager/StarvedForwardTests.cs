using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>A critical alert of a process whose thread pool has no thread left is known to a real Alertmanager, also beside a member whose connection stays unanswered.</summary>
[CollectionDefinition(nameof(StarvedForwardTests), DisableParallelization = true)]
[Collection(nameof(StarvedForwardTests))]
public sealed class StarvedForwardTests
{
    private const int Runs = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Critical_alert_is_known_within_15_s(bool isUnansweredFirst)
    {
        await using Webhook hook = await Webhook.StartAsync();
        await using AlertmanagerServer server = await AlertmanagerServer.StartAsync(hook.Address);
        using var unanswered = new UnansweredPort();
        string[] members = [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{unanswered.Port}"), server.Address.GetLeftPart(UriPartial.Authority)];
        string urls = string.Join(',', isUnansweredFirst ? members : members.Reverse());
        TimeSpan longest = TimeSpan.Zero;

        for (int run = 1; run <= Runs; run++)
        {
            string operation = string.Create(CultureInfo.InvariantCulture, $"operation-{run}-end");
            await using ChildProcess process = ChildProcess.Start(Programs.Dotnet, Program, "starved-forward", urls);
            Assert.Equal("starved", await process.ReadLineAsync());

            long start = Stopwatch.GetTimestamp();
            await process.Input.WriteLineAsync(operation);
            JsonElement[] known = await Eventually.GetAsync(() => KnownAsync(server, operation), static known => known.Length > 0, Limit);
            TimeSpan took = Stopwatch.GetElapsedTime(start);

            JsonElement alert = Assert.Single(known);
            Assert.Equal("critical", alert.GetProperty("labels").GetProperty("severity").GetString());
            Assert.True(took <= Limit, $"run {run}: {took}. {process.Said}");
            longest = took > longest ? took : longest;
            await process.Input.WriteLineAsync();
            Assert.Equal("still starved", await process.ReadLineAsync());
        }

        string report = string.Create(CultureInfo.InvariantCulture, $"{Runs} of {Runs}; longest {longest.TotalSeconds:0.00} s");
        TestContext.Current.SendDiagnosticMessage(report);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
    }

    private static async Task<JsonElement[]> KnownAsync(AlertmanagerServer server, string operation) =>
        [.. (await server.AskAsync("alerts")).Where(alert => alert.GetProperty("labels").TryGetProperty("operation", out JsonElement name) && name.GetString() == operation)];
}
