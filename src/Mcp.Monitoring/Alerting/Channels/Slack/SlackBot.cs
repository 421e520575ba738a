namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>Tells people as a bot: what belongs to one outage stands in the thread of its first message, and that one shows how it is now.</summary>
internal sealed class SlackBot(IChannelMemory memory, SlackWarnings warnings)
{
    public const string PostMessage = "chat.postMessage", UpdateMessage = "chat.update", TestToken = "auth.test";

    // An outage that goes on for longer begins one more thread.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public DeliveryResult Send(AlertNotification notification, SlackMessage message, SlackChannelOptions options, SlackRequests requests)
    {
        SlackThread? first = FirstOf(notification, options);
        if (first is { } thread && options.HasThreads)
        {
            SlackAnswer reply = Call(PostMessage, message, ReplyIn(thread, notification), options, requests);
            if (reply.IsOk)
            {
                return Updated(thread, message, options, requests) ? DeliveryResult.Delivered() : Again(notification, message, options, requests);
            }

            if (!SlackErrors.IsAboutThread(reply.Code))
            {
                return SlackErrors.Of(reply);
            }

            first = null;
        }

        SlackAnswer posted = Call(PostMessage, message, new SlackTarget { Channel = options.Channel }, options, requests);
        return !posted.IsOk ? SlackErrors.Of(posted)
            : first is { } known && Updated(known, message, options, requests) ? DeliveryResult.Delivered()
            : Begun(notification, posted);
    }

    private static SlackTarget ReplyIn(SlackThread thread, AlertNotification notification) => new()
    {
        Channel = thread.Channel,
        Thread = thread.Message,
        // A thread makes no sound for those who have not written in it: what is to be heard, and the end, are shown in the channel as well.
        IsBroadcast = notification.Kind == NotificationKind.Resolved || !notification.IsSilent,
    };

    // Where the id of another channel is set since, the outage goes on there.
    private SlackThread? FirstOf(AlertNotification notification, SlackChannelOptions options) =>
        SlackThread.Parse(notification.ThreadReference) is { } known
        && (SlackThread.Parse(memory.Find(SlackChannel.Named, known.ToString())) ?? known) is var first
        && (!SlackThread.IsChannelId(options.Channel!) || options.Channel == first.Channel)
            ? first
            : null;

    private DeliveryResult Begun(AlertNotification notification, SlackAnswer posted)
    {
        if (posted.Thread is { } begun && SlackThread.Parse(notification.ThreadReference) is { } former)
        {
            memory.Keep(SlackChannel.Named, former.ToString(), begun.ToString(), Remembered);
        }

        return DeliveryResult.Delivered(posted.Thread?.ToString());
    }

    /// <summary>Has the first message show how it is now. The message itself was delivered: whatever happens here, it must not be sent once more.</summary>
    /// <returns><see langword="false"/> where there is no first message any more that this bot may change.</returns>
    private bool Updated(SlackThread first, SlackMessage message, SlackChannelOptions options, SlackRequests requests)
    {
        if (!options.UpdatesFirst)
        {
            return true;
        }

        try
        {
            SlackAnswer answer = Call(UpdateMessage, message, new SlackTarget { Channel = first.Channel, Replaced = first.Message }, options, requests);
            if (!answer.IsOk && !SlackErrors.IsAboutMessage(answer.Code))
            {
                warnings.NotUpdated(SlackErrors.Of(answer).Error!);
            }

            return !SlackErrors.IsAboutMessage(answer.Code);
        }
        catch (Exception fault)
        {
            warnings.NotUpdated(fault);
            return true;
        }
    }

    // A reply to a message that was deleted is seen by nobody who looks at the channel.
    private DeliveryResult Again(AlertNotification notification, SlackMessage message, SlackChannelOptions options, SlackRequests requests)
    {
        try
        {
            SlackAnswer posted = Call(PostMessage, message, new SlackTarget { Channel = options.Channel }, options, requests);
            if (posted.IsOk)
            {
                return Begun(notification, posted);
            }

            warnings.NotUpdated(SlackErrors.Of(posted).Error!);
        }
        catch (Exception fault)
        {
            warnings.NotUpdated(fault);
        }

        return DeliveryResult.Delivered();
    }

    private SlackAnswer Call(string method, SlackMessage message, SlackTarget target, SlackChannelOptions options, SlackRequests requests)
    {
        SlackAnswer answer = requests.Call(options, method, SlackPayload.Of(message, target));
        if (!SlackErrors.IsAboutBlocks(answer.Code))
        {
            return answer;
        }

        warnings.SentAsText(answer.Code!);
        return requests.Call(options, method, SlackPayload.Of(message, target, asText: true));
    }
}
