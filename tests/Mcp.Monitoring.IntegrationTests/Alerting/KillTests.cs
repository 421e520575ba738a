using System.Diagnostics;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>
/// What people are told by a server that is killed, and started again, and killed. More kills:
/// <c>MCP_KILLS=300 dotnet test -c Release tests/Mcp.Monitoring.IntegrationTests --filter FullyQualifiedName~KillTests</c>.
/// </summary>
public sealed class KillTests
{
    private const int Worlds = 2, Conditions = 6;
    private const int BetweenChecks = 10, LongestLife = 600, MostTimes = 6;
    private const int NoEnd = int.MaxValue;

    private static readonly KillPoint[] Points = Enum.GetValues<KillPoint>();
    private static readonly int Kills = KillCount.Of(usual: 80);

    [Fact]
    public async Task Killed_at_any_moment_it_tells_everything_and_marks_what_comes_twice()
    {
        Needs.That(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no kill -9.");
        var reports = new string[Worlds];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Worlds),
            new ParallelOptions { MaxDegreeOfParallelism = Worlds, CancellationToken = TestContext.Current.CancellationToken },
            async (world, _) => reports[world] = await KillAsync(world));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', reports));
    }

    [Theory]
    [InlineData(KillPoint.BeforeCommit, 0)]
    [InlineData(KillPoint.AfterCommit, 0)]
    [InlineData(KillPoint.AfterReceipt, 1)]
    public async Task Only_what_the_receiver_had_taken_comes_twice(KillPoint point, int duplicates)
    {
        Needs.That(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no kill -9.");
        using var server = new KilledServer("one");

        Assert.True(await server.RunAsync(life: 0, conditions: 1, episodes: 2, point, times: 2));
        Assert.Equal("ok", server.CheckIntegrity());
        Assert.False(await server.RunAsync(life: 1, conditions: 1, episodes: 2));

        var told = new ChannelLedger(server.Received("one"));
        told.AssertAllTold(server.Episodes());
        Assert.Equal(duplicates, told.Repeats.Count);
        Assert.Equal(point is KillPoint.AfterCommit or KillPoint.AfterReceipt ? 1 : 0, server.Received("one").Count(message => message.IsMarked));
    }

#pragma warning disable CA5394 // Which kill comes when is no secret.
    private static async Task<string> KillAsync(int world)
    {
        using var server = new KilledServer("one", "two");
        var random = new Random(world);
        var kills = new int[Points.Length];
        for (int life = 1; life <= Kills / Worlds; life++)
        {
            // As often by another at any moment as by itself at a point.
            KillPoint point = random.Next(2) == 0 ? KillPoint.None : Points[random.Next(1, Points.Length)];
            await using ChildProcess process = server.StartWorld((world * Kills) + life, Conditions, NoEnd, point, random.Next(1, MostTimes));
            if (point == KillPoint.None)
            {
                Assert.Equal("ready", await process.ReadLineAsync());
                await Task.Delay(random.Next(LongestLife), TestContext.Current.CancellationToken);
                using var killed = Process.GetProcessById(process.Id);
                killed.Kill();
            }

            Assert.True(await server.IsKilledAsync(process), process.Said);
            kills[(int)point]++;
            if (life % BetweenChecks == 0)
            {
                Assert.Equal("ok", server.CheckIntegrity());
            }
        }

        Assert.False(await server.RunAsync((world * Kills) + Kills, Conditions, episodes: 0));
        Assert.Equal("ok", server.CheckIntegrity());
        IReadOnlyDictionary<int, int> episodes = server.Episodes();
        ChannelLedger[] told = [.. server.Channels.Select(channel => new ChannelLedger(server.Received(channel)))];
        Assert.All(told, channel => channel.AssertAllTold(episodes));

        // It is no test if little has happened, or nothing was in doubt.
        Assert.Equal(Conditions, episodes.Count);
        Assert.All(kills, times => Assert.NotEqual(0, times));
        Assert.All(told, channel => Assert.NotEmpty(channel.Repeats));
        return $"world {world}: kills {string.Join(", ", Points.Zip(kills))}; {episodes.Values.Sum()} episodes; "
            + $"{told.Sum(channel => channel.Count)} messages, {told.Sum(channel => channel.Repeats.Count)} of them again, "
            + $"at most {told.Max(channel => channel.Repeats.CountBy(message => message.Id).Max(repeats => repeats.Value))} times";
    }
#pragma warning restore CA5394
}
