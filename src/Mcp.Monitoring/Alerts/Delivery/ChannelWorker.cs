using Mcp.Monitoring.Alerts.Storage;

namespace Mcp.Monitoring.Alerts.Delivery;

/// <summary>
/// Sends the messages of one channel: checks it, claims, saves, sends, saves. One thread; it never waits for time to pass, but says how long there is nothing to do.
/// </summary>
internal sealed class ChannelWorker(ChannelQueue queue, OutboxQueues queues, IAlertStore store, ISender sender, Action othersHaveMore)
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
        var changes = new StoreChanges();
        List<QueuedMessage> added = [];
        QueuedMessage? message = queues.Claim(queue, changes, added, out TimeSpan wait);
        Save(changes, added);
        if (message is null)
        {
            return wait;
        }

        AlertNotification notification = queues.Notification(queue, message);
        Attempted attempt = sender.Call(stop => queue.Channel.Send(notification, stop));
        queues.Apply(queue, message, attempt, changes = new StoreChanges(), added = []);
        queues.Tidy(queue, changes, added);
        Save(changes, added);
        return TimeSpan.Zero;
    }

    private void Tidy()
    {
        var changes = new StoreChanges();
        List<QueuedMessage> added = [];
        queues.Tidy(queue, changes, added);
        Save(changes, added);
    }

    private void Save(StoreChanges changes, List<QueuedMessage> added)
    {
        if (!changes.IsEmpty)
        {
            store.Save(changes);
        }

        if (added.Count > 0)
        {
            queues.Release(added);
            othersHaveMore();
        }
    }
}
