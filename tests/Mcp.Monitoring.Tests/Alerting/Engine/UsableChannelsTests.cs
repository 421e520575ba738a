using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Tests.Alerting.Channels.Logger;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

public sealed class UsableChannelsTests
{
    [Fact]
    public void Channel_without_a_name_of_its_own_is_left_out_with_a_warning()
    {
        using var log = new RecordingLogger();
        var first = new ScriptedChannel("telegram");
        var email = new ScriptedChannel("email");

        IAlertChannel[] all = [first, new ScriptedChannel("telegram"), new ScriptedChannel(null!), new ScriptedChannel("E-Mail!"), new NamelessChannel(), email];
        var usable = new UsableChannels(log.CreateLogger("alerts"));

        Assert.Equal([first, email], usable.Of(all));

        // Asked again, as by a reload, it says nothing new.
        Assert.Equal([first, email], usable.Of(all));
        Assert.Equal(4, log.Records.Count);
        Assert.All(log.Records, record => Assert.Equal((505, LogLevel.Warning), (record.Event.Id, record.Level)));
        Assert.Contains("there is a channel telegram before it", log.Records[0].Text, StringComparison.Ordinal);
        Assert.Contains("NamelessChannel: it does not say its name: InvalidOperationException", log.Records[3].Text, StringComparison.Ordinal);
    }

    private sealed class NamelessChannel : IAlertChannel
    {
        public string Name => throw new InvalidOperationException("a bug");

        public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken) => DeliveryResult.Delivered();
    }
}
