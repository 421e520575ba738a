using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>A test message needs no host that runs, and no thread of the pool.</summary>
public sealed class TestMessageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Host_that_was_never_started_sends_it()
    {
        var channel = new ScriptedChannel("ops");
        using var host = new TestHost(add: services => services.AddSingleton<IAlertChannel>(channel));
        IAlertManager alerts = host.Services.GetRequiredService<IAlertManager>();

        DeliveryResult[] results =
        [
            await alerts.SendTestAsync("ops", TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken),
            await alerts.SendTestAsync("ops", TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken),
        ];

        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Delivered], results.Select(result => result.Status));
        Assert.Equal(2, channel.Delivered.Count);
        Assert.All(channel.Delivered, message => Assert.Equal(NotificationKind.Test, message.Kind));
        Assert.Equal(0, channel.Checks);
    }

    [Fact]
    public async Task Host_that_is_gone_answers_that_nothing_was_sent()
    {
        var channel = new ScriptedChannel("ops");
        var host = new TestHost(add: services => services.AddSingleton<IAlertChannel>(channel));
        IAlertManager alerts = host.Services.GetRequiredService<IAlertManager>();
        host.Dispose();

        DeliveryResult result = await alerts.SendTestAsync("ops", TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal("Nothing was sent: the host has stopped.", result.Error);
        Assert.Empty(channel.Attempts);
    }

    [Fact]
    public async Task Where_alerts_are_switched_off_it_says_so()
    {
        using var host = new TestHost(options => options.Alerts.Enabled = false);

        DeliveryResult result = await host.Services.GetRequiredService<IAlertManager>().SendTestAsync("ops", TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.Contains("alerts.enabled: true", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_without_a_channel_is_a_mistake_of_the_caller()
    {
        using var host = new TestHost();
        IAlertManager alerts = host.Services.GetRequiredService<IAlertManager>();

        await Assert.ThrowsAsync<ArgumentException>(() => alerts.SendTestAsync("", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whoever_does_not_want_to_wait_any_more_need_not()
    {
        using var begun = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        var channel = new ScriptedChannel("ops")
        {
            Answer = (_, _) =>
            {
                begun.Set();
                end.Wait(Patience, CancellationToken.None);
                return DeliveryResult.Delivered();
            },
        };
        using var host = new TestHost(add: services => services.AddSingleton<IAlertChannel>(channel));
        using var enough = new CancellationTokenSource();

        Task<DeliveryResult> test = host.Services.GetRequiredService<IAlertManager>().SendTestAsync("ops", enough.Token);
        Assert.True(begun.Wait(Patience, TestContext.Current.CancellationToken));
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test);
        end.Set();
    }
}
