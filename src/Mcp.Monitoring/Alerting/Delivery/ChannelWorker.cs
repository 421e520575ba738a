using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>
/// Sends the messages of one channel: checks it, claims, saves, sends, saves. One thread; it never waits for time to pass, but says how long there is nothing to do.
/// </summary>
internal sealed class ChannelWorker(ChannelQueue queue, OutboxQueues queues, IStateStore store, ISender sender, Action othersHaveMore)
{
    // The shortest wait for a thread that hangs to come back.
    private static readonly TimeSpan ForReadiness = TimeSpan.FromSeconds(5);

    public string Name => queue.Name;

    /// <summary>Does one thing that is to be done now, if there is one.</summary>
    /// <param name="isDraining">Whether nothing is wanted but to send what is due.</param>
    /// <returns>How long there is nothing to do, unless more messages come.</returns>
    public TimeSpan Step(bool isDraining = false)
    {
        if (!sender.IsReady)
        {
            Tidy();
            return ForReadiness;
        }

        if (!isDraining && queues.IsCheckDue(queue))
        {
            queues.Checked(queue, sender.Call(queue.Channel.Check).Result);
        }

        Tidy();
        var claim = new OutboxStep();
        QueuedMessage? message = queues.Claim(queue, claim, out TimeSpan wait);
        Save(claim);
        if (message is null)
        {
            return wait;
        }

        AlertNotification notification = queues.Notification(queue, message);
        Attempted attempt = sender.Call(stop => queue.Channel.Send(notification, stop));
        var outcome = new OutboxStep();
        queues.Apply(queue, message, attempt, outcome);
        queues.Tidy(queue, outcome);
        Save(outcome);
        return TimeSpan.Zero;
    }

    private void Tidy()
    {
        var step = new OutboxStep();
        queues.Tidy(queue, step);
        Save(step);
    }

    private void Save(OutboxStep step)
    {
        if (step.Changes.IsEmpty)
        {
            return;
        }

        store.Save(step.Changes);
        bool haveOthersMore = step.Added.Count > 0;
        StateChanges again = queues.Publish(step);
        if (!again.IsEmpty)
        {
            store.Save(again);
        }

        if (haveOthersMore)
        {
            othersHaveMore();
        }
    }
}
