using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>Three replicas of a service, and a cluster of three real Alertmanagers.</summary>
[CollectionDefinition(nameof(ClusterTests), DisableParallelization = true)]
[Collection(nameof(ClusterTests))]
public sealed class ClusterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Group_is_told_once_and_all_that_fired_is_over_in_the_end_though_members_die_and_restart()
    {
        await using Webhook hook = await Webhook.StartAsync();
        AlertmanagerServer[] members = await AlertmanagerServer.StartAsync(hook.Address, members: 3);
        await using var first = members[0];
        await using var second = members[1];
        await using var third = members[2];
        await AllAreThereAsync(members);
        await using Replica one = await Replica.StartAsync("pod-1", members);
        await using Replica two = await Replica.StartAsync("pod-2", members);
        await using Replica three = await Replica.StartAsync("pod-3", members);

        await Task.WhenAll(one.FireAsync("Down").AsTask(), two.FireAsync("Down").AsTask(), three.FireAsync("Down").AsTask());
        List<string> expected = ["Down firing: pod-1 firing, pod-2 firing, pod-3 firing"];
        Assert.Equal(expected, await hook.TellsAsync(1));

        // What is over in one replica goes on in the others: nothing flaps, and one member less changes nothing.
        await first.KillAsync();
        await one.ResolveAsync("Down");
        expected.Add("Down firing: pod-1 resolved, pod-2 firing, pod-3 firing");
        Assert.Equal(expected, await hook.TellsAsync(2));

        await first.StartAsync();
        await Task.WhenAll(members.Select(member => member.TerminateAsync()));
        await Task.WhenAll(members.Select(member => member.StartAsync()));
        await AllAreThereAsync(members);
        await two.ResolveAsync("Down");
        await three.ResolveAsync("Down");
        string[] told = await Eventually.GetAsync(() => Task.FromResult(hook.Told), told => told[^1].Contains("Down resolved", StringComparison.Ordinal), Limit);

        Assert.Equal(expected, told[..2]);
        Assert.Contains("Down resolved: ", told[^1], StringComparison.Ordinal);
        Assert.InRange(told.Length, 3, 4);
        foreach (AlertmanagerServer member in members)
        {
            Assert.Empty(await Eventually.GetAsync(() => member.AskAsync("alerts?active=true"), found => found.Length == 0, Limit));
        }
    }

    private static async Task AllAreThereAsync(AlertmanagerServer[] members)
    {
        foreach (AlertmanagerServer member in members)
        {
            JsonElement status = await Eventually.GetAsync(member.StatusAsync, IsWhole, Limit);
            Assert.True(IsWhole(status), status.ToString());
        }

        bool IsWhole(JsonElement status) =>
            status.GetProperty("cluster").GetProperty("status").GetString() == "ready" && status.GetProperty("cluster").GetProperty("peers").GetArrayLength() == members.Length;
    }
}
