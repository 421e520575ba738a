namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>Tells people by an incoming webhook: it takes a message, and answers nothing by which it could be found again.</summary>
internal sealed class SlackWebhook(SlackWarnings warnings)
{
    public DeliveryResult Send(SlackMessage message, SlackChannelOptions options, SlackRequests requests)
    {
        var target = new SlackTarget { Channel = options.Channel, IsWebhook = true };
        SlackAnswer answer = requests.Post(options, SlackPayload.Of(message, target));
        if (SlackErrors.IsAboutBlocks(answer.Code))
        {
            warnings.SentAsText(answer.Code!);
            answer = requests.Post(options, SlackPayload.Of(message, target, asText: true));
        }

        return answer.IsOk ? DeliveryResult.Delivered() : SlackErrors.Of(answer);
    }
}
