using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Channels;

/// <summary>The stand-in of the tests behaves as real channels do.</summary>
public sealed class ScriptedChannelTests : ChannelContractTests
{
    private readonly ScriptedChannel _channel = new("scripted");

    protected override IAlertChannel? Begin(ReceiverBehaviour behaviour)
    {
        _channel.Answer = (_, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            return behaviour switch
            {
                ReceiverBehaviour.Takes => DeliveryResult.Delivered(),
                ReceiverBehaviour.IsUnavailable => DeliveryResult.Retry("503"),
                ReceiverBehaviour.Forbids => DeliveryResult.Permanent("403"),
                _ => throw new InvalidOperationException("a bug"),
            };
        };
        return _channel;
    }

    protected override string Received() => string.Join('\n', _channel.Delivered.Select(message => message.Text));
}
