using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Messages on their way, each channel with a thread of its own once <see cref="Start"/> was called.</summary>
internal sealed class Outbox : IOutbox, IDisposable
{
    private readonly OutboxQueues _queues;
    private readonly IStateStore _store;
    private readonly OutboxSettings _settings;
    private readonly AlertClock _clock;
    private readonly InternalErrors _errors;
    private ChannelThread[] _threads = [];
    private bool _isDisposed;

    /// <param name="channels">The channels, in the order of preference, each with a name of its own.</param>
    /// <param name="store">Where messages are kept.</param>
    /// <param name="settings">How they are sent.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="metrics">Counts them.</param>
    /// <param name="errors">Takes what fails here.</param>
    public Outbox(IEnumerable<IAlertChannel> channels, IStateStore store, OutboxSettings settings, AlertClock clock, DeliveryMetrics metrics, InternalErrors errors)
    {
        _store = store;
        _settings = settings;
        _clock = clock;
        _errors = errors;
        _queues = new OutboxQueues(channels, settings, clock, metrics, errors);
    }

    public IReadOnlyList<ChannelStatus> Channels => _queues.Statuses;

    public void Start() => _threads = [.. _queues.All.Select(queue =>
    {
        var sender = new SendThread(queue.Name, _settings, _clock.Time);
        return new ChannelThread(new ChannelWorker(queue, _queues, _store, sender, WakeAll), sender, _settings, _errors, _clock.Time);
    })];

    /// <summary>Makes the workers without their threads, for whoever steps them.</summary>
    public IReadOnlyList<ChannelWorker> Workers(Func<IAlertChannel, ISender> sender) =>
        [.. _queues.All.Select(queue => new ChannelWorker(queue, _queues, _store, sender(queue.Channel), WakeAll))];

    public void Restore(StateRows rows, StateChanges changes) => _queues.Restore(rows, changes);

    public void Enqueue(OutboxMessage message, StateChanges changes) => _queues.Enqueue(message, changes);

    public void Release()
    {
        StateChanges again = _queues.Release();
        if (!again.IsEmpty)
        {
            _store.Save(again);
        }

        WakeAll();
    }

    public bool TryTakeReport([MaybeNullWhen(false)] out OutboxMessage ended) => _queues.TryTakeEnded(out ended);

    /// <summary>Sends what is due for at most 5 seconds; the rest stays for the next start.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Array.ForEach(_threads, thread => thread.BeginClose());
        Array.ForEach(_threads, thread => thread.EndClose());
    }

    private void WakeAll() => Array.ForEach(_threads, thread => thread.Wake());
}
