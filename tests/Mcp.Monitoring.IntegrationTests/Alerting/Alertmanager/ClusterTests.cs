using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>Three processes of the sample, and a cluster of three real Alertmanagers.</summary>
[CollectionDefinition(nameof(ClusterTests), DisableParallelization = true)]
[Collection(nameof(ClusterTests))]
public sealed class ClusterTests
{
    // Longer than it takes until all three replicas have posted what begins in all of them at once.
    private const int GroupWaitSeconds = 8;
    private const string All = $"{SampleReplica.Alert} firing: pod-1 firing, pod-2 firing, pod-3 firing", Two = $"{SampleReplica.Alert} firing: pod-1 resolved, pod-2 firing, pod-3 firing";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task Group_is_told_once_and_all_that_fired_is_over_in_the_end_though_members_and_a_replica_are_killed()
    {
        await using Webhook hook = await Webhook.StartAsync();
        AlertmanagerServer[] members = await AlertmanagerServer.StartAsync(hook.Address, members: 3, GroupWaitSeconds);
        await using var first = members[0];
        await using var second = members[1];
        await using var third = members[2];
        await AllAreThereAsync(members);
        SampleReplica[] replicas = await Task.WhenAll(SampleReplica.StartAsync("pod-1", members), SampleReplica.StartAsync("pod-2", members), SampleReplica.StartAsync("pod-3", members));
        await using var one = replicas[0];
        await using var two = replicas[1];
        await using var three = replicas[2];

        Array.ForEach(replicas, static replica => replica.BeginToFail());
        await AssertToldAsync(hook, replicas, All);

        // What a member has told and the others have not heard of is lost with it: they would tell it again.
        foreach (AlertmanagerServer member in members[1..])
        {
            Assert.NotEqual(0, await Eventually.GetAsync(member.HeardAsync, static heard => heard > 0, Limit));
        }

        // What is over in one replica goes on in the others: nothing flaps, and one member less changes nothing.
        await first.KillAsync();
        await one.StopFailingAsync();
        await AssertToldAsync(hook, replicas, All, Two);

        await first.StartAsync();
        await Task.WhenAll(members.Select(member => member.TerminateAsync()));
        await Task.WhenAll(members.Select(member => member.StartAsync()));
        await AllAreThereAsync(members);
        foreach (AlertmanagerServer member in members)
        {
            Assert.Equal(["pod-2", "pod-3"], await Eventually.GetAsync(() => FiringAsync(member), firing => firing.Length == 2, Limit));
        }

        // None of them has told that the group is over while it goes on in a replica.
        AssertGoesOn(hook);

        // A replica that is killed while it fires ends its alert when it is back. What is told on the way there is Alertmanager's affair: a member tells what it saw when it
        // began to wait for the others, and here it waits for longer than the interval of the group.
        await three.KillAsync();
        await three.StartAsync();
        AssertGoesOn(hook);
        await two.StopFailingAsync();
        string[] told = await Eventually.GetAsync(() => Task.FromResult(Told(hook)), told => told[^1].Contains(" resolved: ", StringComparison.Ordinal), Limit);

        Assert.Equal([All, Two], told[..2]);
        Assert.Contains(" resolved: ", told[^1], StringComparison.Ordinal);
        foreach (AlertmanagerServer member in members)
        {
            Assert.Empty(await Eventually.GetAsync(() => FiringAsync(member), firing => firing.Length == 0, Limit));
        }
    }

    private static void AssertGoesOn(Webhook hook) => Assert.DoesNotContain(Told(hook), static line => line.Contains(" resolved: ", StringComparison.Ordinal));

    private static string[] Told(Webhook hook) => [.. hook.Told.Where(static line => line.StartsWith(SampleReplica.Alert, StringComparison.Ordinal))];

    private static async Task AssertToldAsync(Webhook hook, SampleReplica[] replicas, params string[] expected)
    {
        string[] told = await Eventually.GetAsync(() => Task.FromResult(Told(hook)), told => told.Length >= expected.Length, Limit);
        Assert.True(expected.SequenceEqual(told), $"{string.Join('\n', told)}\n{string.Join('\n', replicas.Select(static replica => replica.Said))}");
    }

    private static async Task<string[]> FiringAsync(AlertmanagerServer member) =>
    [
        .. (await member.AskAsync("alerts?active=true")).Select(static alert => alert.GetProperty("labels"))
            .Where(static labels => labels.GetProperty("alertname").GetString() == SampleReplica.Alert)
            .Select(static labels => labels.GetProperty("instance").GetString()!)
            .Order(StringComparer.Ordinal),
    ];

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
