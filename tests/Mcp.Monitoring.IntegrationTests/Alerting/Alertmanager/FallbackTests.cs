using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>Alertmanagers that are all gone, and one that comes back.</summary>
public sealed class FallbackTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Channel_of_the_process_tells_until_an_Alertmanager_is_back()
    {
        await using Webhook hook = await Webhook.StartAsync();
        AlertmanagerServer[] members = [await AlertmanagerServer.StartAsync(hook.Address), await AlertmanagerServer.StartAsync(hook.Address)];
        await using var first = members[0];
        await using var second = members[1];
        await Task.WhenAll(members.Select(member => member.KillAsync()));
        var phone = new Phone();
        await using Replica replica = await Replica.StartAsync("pod-1", members, alerts => alerts.Alertmanager.FallbackAfter = TimeSpan.FromSeconds(10), phone);

        await replica.FireAsync("Down");
        string[] told = await Eventually.GetAsync(() => Task.FromResult(phone.Told), told => told.Length >= 2, Limit);
        Assert.Equal(["Announcement", "First"], told);
        Assert.Contains("Alertmanager http://127.0.0.1:", await replica.HealthAsync(), StringComparison.Ordinal);

        await first.StartAsync();
        Assert.Equal(["Down firing: pod-1 firing"], await hook.TellsAsync(1));
        told = await Eventually.GetAsync(() => Task.FromResult(phone.Told), told => told.Length >= 3, Limit);
        Assert.Equal(["Announcement", "First", "Announcement"], told);
        await replica.ResolveAsync("Down");

        Assert.Equal(["Down firing: pod-1 firing", "Down resolved: pod-1 resolved"], await hook.TellsAsync(2));
        told = await Eventually.GetAsync(() => Task.FromResult(phone.Told), told => told.Length >= 4, Limit);
        Assert.Equal(["Announcement", "First", "Announcement", "Resolved"], told);
    }

    private sealed class Phone : IAlertChannel
    {
        private readonly ConcurrentQueue<AlertNotification> _received = new();

        public string Name => "phone";

        public string[] Told => [.. _received.Select(notification => notification.Kind.ToString())];

        public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
        {
            _received.Enqueue(notification);
            return DeliveryResult.Delivered();
        }
    }
}
