using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Channels;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;

/// <summary>What every channel must do, as a bot.</summary>
public sealed class SlackContractTests : ChannelContractTests, IAsyncLifetime
{
    private SlackServer? _server;
    private SlackHost? _host;

    protected override string Secret => SlackServer.WebhookKey;

    public async ValueTask InitializeAsync() => _server = await SlackServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await _server!.DisposeAsync();
    }

    protected override IAlertChannel? Begin(ReceiverBehaviour behaviour)
    {
        if (behaviour is ReceiverBehaviour.AnswersNothing or ReceiverBehaviour.Throws)
        {
            // Over a network nothing throws, and what is stopped before it begins has not arrived; SlackChannelTests has the server that never answers.
            return null;
        }

        switch (behaviour)
        {
            case ReceiverBehaviour.IsUnavailable:
                _server!.Answer(new SlackScript(503));
                break;
            case ReceiverBehaviour.Forbids:
                _server!.Answer(SlackScript.Refuse("token_revoked"));
                break;
        }

        _host = SlackHost.OfBot(_server!);
        return _host.Channel;
    }

    protected override string Received() => string.Concat(_server!.Posts.Select(post => post.Payload.ToString()));
}
