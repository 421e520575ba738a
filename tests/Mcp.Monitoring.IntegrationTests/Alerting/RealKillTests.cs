using System.Diagnostics;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Xunit.Sdk;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>What a mail server and Slack have got from a server that is killed, and started again, and killed.</summary>
public sealed class RealKillTests
{
    private const int Worlds = 2, Conditions = 6;
    private const int BetweenChecks = 10, LongestLife = 1_000;
    private const int OfWhole = 5, FewestMessages = 10;
    private const int NoEnd = int.MaxValue;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly int Kills = KillCount.Of(usual: 80);

    [Fact]
    public async Task Nothing_comes_twice_where_nothing_is_killed()
    {
        await using RealReceivers receivers = await RealReceivers.StartAsync();

        Assert.False(await receivers.Server.RunAsync(life: 1, Conditions, episodes: 12));

        foreach ((_, ChannelLedger told) in receivers.Told())
        {
            told.AssertAllTold(receivers.Server.Episodes());
            Assert.Empty(told.Repeats);
        }
    }

    [Fact]
    public async Task Killed_at_any_moment_it_tells_both_everything_and_marks_the_one_message_that_may_come_twice()
    {
        Needs.That(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no kill -9.");
        var reports = new string[Worlds];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Worlds),
            new ParallelOptions { MaxDegreeOfParallelism = Worlds, CancellationToken = TestContext.Current.CancellationToken },
            async (world, _) => reports[world] = await KillAsync(world));
        TestContext.Current.SendDiagnosticMessage(string.Join('\n', reports));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', reports));
    }

    private static async Task<string> KillAsync(int world)
    {
#pragma warning disable CA5394 // Which kill comes when is no secret.
        var random = new Random(world);
        int[] moments = [.. Enumerable.Range(0, Kills / Worlds).Select(_ => random.Next(LongestLife))];
#pragma warning restore CA5394
        await using RealReceivers receivers = await RealReceivers.StartAsync();
        int life = 0;
        try
        {
            for (life = 1; life <= moments.Length; life++)
            {
                await KillAfterAsync(receivers.Server, life, moments[life - 1]);
                Assert.Equal("ok", life % BetweenChecks == 0 ? receivers.Server.CheckIntegrity() : "ok");
            }

            Assert.False(await receivers.Server.RunAsync(life, Conditions, episodes: 0));
            Assert.Equal("ok", receivers.Server.CheckIntegrity());
            return $"world {world}: {moments.Length} kills; {AssertTold(receivers)}";
        }
        catch (XunitException failure)
        {
            throw new XunitException($"World {world}, life {life}; each life was killed after so many ms: {string.Join(' ', moments)}\n{failure.Message}", failure);
        }
    }

    // Every second life is killed so long after it has told something on one of the channels, each in its turn, however slow the machine is.
    private static async Task KillAfterAsync(KilledServer server, int life, int milliseconds)
    {
        string channel = server.Channels[life / 2 % server.Channels.Count];
        int Told() => server.Received(channel).Count;
        int before = Told();
        await using ChildProcess process = server.StartWorld(life, Conditions, NoEnd);
        Assert.Equal("ready", await process.ReadLineAsync());
        if (life % 2 == 0)
        {
            await Eventually.GetAsync(() => Task.FromResult(Told()), told => told > before, LongestWait);
            milliseconds /= OfWhole;
        }

        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        using var killed = Process.GetProcessById(process.Id);
        killed.Kill();
        Assert.True(await server.IsKilledAsync(process), process.Said);
    }

    private static string AssertTold(RealReceivers receivers)
    {
        IReadOnlyDictionary<int, int> episodes = receivers.Server.Episodes();
        var reports = new List<string> { $"{episodes.Values.Sum()} episodes" };
        foreach ((string name, ChannelLedger told) in receivers.Told())
        {
            told.AssertAllTold(episodes);
            Assert.All(told.Repeats.CountBy(message => message.Life), repeats => Assert.Equal(1, repeats.Value));
            Assert.True(told.Count >= FewestMessages, $"{name}: {told.Count} messages are no test.");
            reports.Add($"{name} {told.Count} messages, {told.Repeats.Count} of them again");
        }

        Assert.Equal(Conditions, episodes.Count);
        return string.Join("; ", reports);
    }
}
