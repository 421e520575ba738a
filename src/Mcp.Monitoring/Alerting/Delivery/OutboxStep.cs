using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>What one step of a worker changes; nobody is told before it is saved.</summary>
internal sealed class OutboxStep(StateChanges changes)
{
    public OutboxStep()
        : this(new StateChanges())
    {
    }

    public StateChanges Changes => changes;

    /// <summary>Gets what channels have got.</summary>
    public List<QueuedMessage> Added { get; } = [];

    /// <summary>Gets what has come to its end.</summary>
    public List<OutboxMessage> Ended { get; } = [];

    /// <summary>Gets what has changed and not come to its end.</summary>
    public HashSet<QueuedMessage> Changed { get; } = [];

    public void Put(QueuedMessage message)
    {
        changes.Put(OutboxMessage.Table, message.Row);
        Changed.Add(message);
    }
}
