using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

public class KillTests
{
    private const int KillsOfEachPoint = 8, KillsAtAnyTime = 6, Seed = 20260301;

    [Fact]
    public async Task Killed_at_any_point_it_tells_everything_and_at_most_one_thing_twice()
    {
        Needs.That(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no kill -9.");
#pragma warning disable CA5394 // Which point comes when is no secret.
        using var server = new KilledServer("one", "two");
        var random = new Random(Seed);
        KillPoint[] points = [.. Enumerable.Repeat((KillPoint[])[KillPoint.BeforeCommit, KillPoint.AfterCommit, KillPoint.AfterReceipt], KillsOfEachPoint).SelectMany(all => all)];
        random.Shuffle(points);
        const int Outages = 200;
        foreach (KillPoint point in points)
        {
            int[] before = CountRepeats(server);
            Assert.True(await server.RunAsync(Outages, point, random.Next(1, 8)), $"All outages were over before the kill at {point}.");
            AssertSound(server, before);
        }
#pragma warning restore CA5394

        Assert.False(await server.RunAsync(Outages, KillPoint.None, 0));
        AssertAllTold(server, Outages);
    }

    [Theory]
    [InlineData(KillPoint.BeforeCommit, 0)]
    [InlineData(KillPoint.AfterCommit, 0)]
    [InlineData(KillPoint.AfterReceipt, 1)]
    public async Task Only_what_the_receiver_had_taken_comes_twice(KillPoint point, int duplicates)
    {
        Needs.That(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no kill -9.");
        const int Outages = 2;
        using var server = new KilledServer("one");

        Assert.True(await server.RunAsync(Outages, point, 2));
        Assert.Equal("ok", server.CheckIntegrity());
        Assert.False(await server.RunAsync(Outages, KillPoint.None, 0));

        AssertAllTold(server, Outages);
        Assert.Equal([duplicates], CountRepeats(server));
        Assert.Equal(point is KillPoint.AfterCommit or KillPoint.AfterReceipt ? 1 : 0, All(server).Count(message => message.IsMarked));
    }

    [Fact]
    public async Task Killed_by_another_at_any_time_it_tells_everything()
    {
        const int Outages = 120;
        using var server = new KilledServer("one", "two");
#pragma warning disable CA5394 // When is no secret.
        var random = new Random(Seed);
        for (int kill = 0; kill < KillsAtAnyTime; kill++)
        {
            int[] before = CountRepeats(server);
            int told = All(server).Count;
            await using (ChildProcess process = server.Start("outages", [Outages, KillPoint.None, 0, .. server.Channels]))
            {
                int enough = told + random.Next(1, 30);
                Assert.True(SpinWait.SpinUntil(() => All(server).Count >= enough, TimeSpan.FromSeconds(60)), process.Said);
            }

            AssertSound(server, before);
        }
#pragma warning restore CA5394

        Assert.False(await server.RunAsync(Outages, KillPoint.None, 0));
        AssertAllTold(server, Outages);
    }

    private static List<ReceivedMessage> All(KilledServer server) => [.. server.Channels.SelectMany(server.Received)];

    private static int[] CountRepeats(KilledServer server) => [.. server.Channels.Select(channel => Repeats(server.Received(channel)).Count())];

    private static IEnumerable<ReceivedMessage> Repeats(IReadOnlyList<ReceivedMessage> received) => received.Where((message, index) => received.Take(index).Any(earlier => earlier.Id == message.Id));

    // After a kill a channel gets at most one message twice: it sends one at a time.
    private static void AssertSound(KilledServer server, int[] repeatsBefore)
    {
        Assert.Equal("ok", server.CheckIntegrity());
        foreach (var (channel, before) in server.Channels.Zip(repeatsBefore))
        {
            IReadOnlyList<ReceivedMessage> received = server.Received(channel);
            ReceivedMessage[] repeats = [.. Repeats(received)];
            Assert.InRange(repeats.Length - before, 0, 1);
            Assert.All(repeats, repeat => Assert.True(repeat.IsMarked, $"{repeat} is not marked."));
            AssertOrder(received);
        }
    }

    // The beginning, perhaps again, and then the end, perhaps again: no end of what was never told, nothing of it after its end.
    private static void AssertOrder(IReadOnlyList<ReceivedMessage> received)
    {
        foreach (var group in received.GroupBy(message => message.Group, StringComparer.Ordinal))
        {
            string[] kinds = [.. group.Select(message => message.Kind)];
            Assert.Equal("First", kinds[0]);
            Assert.Equal(kinds.OrderBy(kind => kind == "Resolved"), kinds, StringComparer.Ordinal);
            Assert.All(group.GroupBy(message => message.Kind, StringComparer.Ordinal), same => Assert.Single(same.Select(message => message.Id).Distinct(StringComparer.Ordinal)));
        }
    }

    private static void AssertAllTold(KilledServer server, int outages)
    {
        AssertSound(server, CountRepeats(server));
        foreach (string channel in server.Channels)
        {
            var kinds = server.Received(channel).Select(message => (message.Group, message.Kind)).ToHashSet();
            Assert.Equal(2 * outages, kinds.Count);
        }
    }
}
