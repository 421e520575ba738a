using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Channels;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>The channel does what every channel must.</summary>
public sealed class TelegramContractTests : ChannelContractTests, IDisposable
{
    private readonly TelegramHarness _telegram = new();

    protected override string Secret => "SECRETTOKEN";

    public void Dispose() => _telegram.Dispose();

    protected override IAlertChannel? Begin(ReceiverBehaviour behaviour)
    {
        if (behaviour == ReceiverBehaviour.AnswersNothing)
        {
            // What is told to stop before it begins is not sent at all; of an answer that does not come there is a test of its own.
            return null;
        }

        _telegram.Server.Answer = behaviour switch
        {
            ReceiverBehaviour.IsUnavailable => static _ => BotServer.Response(503, "text/html", "later"),
            ReceiverBehaviour.Forbids => static _ => BotServer.Refuse(403, "Forbidden: bot was kicked from the group chat"),
            ReceiverBehaviour.Throws => static _ => "",
            _ => static _ => null,
        };
        return _telegram.Channel;
    }

    protected override string Received() => string.Join('\n', _telegram.Server.Messages.Select(message => message.Text("text")));
}
