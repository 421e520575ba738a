using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>The night on which no thread of the pool is free is the night that alerts are for. Nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(TelegramStarvedTests), DisableParallelization = true)]
[Collection(nameof(TelegramStarvedTests))]
public sealed class TelegramStarvedTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    [Fact]
    public void A_critical_alert_arrives_within_15_seconds_and_is_answered()
    {
        using var host = new AnsweredHost();
        using var blocked = new BlockedPool();

        Assert.True(host.Alerts.RaiseErrorAsync(ErrorType.Integration, "get_order").IsCompletedSuccessfully);

        BotCall message = host.Server.Wait("sendMessage", limit: Longest);
        host.Server.Press(message.Buttons.First(button => button.Code is not null).Code);
        host.WaitFor(IncidentState.Acknowledged);
        Assert.True(blocked.IsStarved, "A thread of the pool was free.");
    }
}
