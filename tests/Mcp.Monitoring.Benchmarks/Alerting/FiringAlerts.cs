using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Commands;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Raising;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>Alerts that fire, in random order, and equal labels that were made apart from theirs.</summary>
internal sealed class FiringAlerts
{
    public const int Count = 2_000;

    private readonly AlertParts _parts;
    private readonly AlertIntake _intake;
    private readonly ManualAlerts _raised;
    private readonly AlertManager _manager;
    private readonly string[] _operations = [.. Enumerable.Range(0, Count).Select(i => $"operation_{i}")];
    private readonly AlertLabels[] _labels;

    private int _next;

    public FiringAlerts()
    {
        var clock = new AlertClock(TimeProvider.System);
        var identity = new AlertIdentity("orders-mcp");
        var drops = new DropCounts();
        var inbox = new ManualAlertQueue(clock, Count, drops);
        _parts = new AlertParts(clock, new NoOutbox(), identity, new AlertSettings(new AlertOptions()));
        _intake = new AlertIntake(_parts);
        _raised = new ManualAlerts(clock, inbox, identity, drops);
        _manager = new AlertManager(clock, identity, inbox, new CommandQueue(), () => AlertSnapshot.Empty);
        new Random(Count).Shuffle(_operations);
        for (int i = 0; i < Count; i++)
        {
            RaiseAndTakeUp();
        }

        _labels = [.. _parts.Register.Active.Keys.Select(labels => new AlertLabels(labels.ToArray().Select(label => KeyValuePair.Create(label.Key, new string(label.Value)))))];
        new Random(1).Shuffle(_labels);
    }

    public long Find()
    {
        AlertLabels labels = _labels[Next()];
        ulong fingerprint = Fingerprint.Of(labels.Sorted);
        return _parts.Register.Find(labels)!.Group!.Members.Count + (long)fingerprint;
    }

    public long Raise()
    {
        _ = _manager.RaiseErrorAsync(ErrorType.Integration, _operations[Next()], "4bf92f3577b34da6a3ce929d0e0e4736");
        return _next;
    }

    public long RaiseAndTakeUp()
    {
        Raise();
        _raised.Advance(_intake);
        return _next;
    }

    private int Next() => _next = (_next + 1) % Count;

    private sealed class NoOutbox : IOutbox
    {
        public IReadOnlyList<ChannelStatus> Channels => [];

        public void Restore(StateRows rows, StateChanges changes)
        {
        }

        public void Enqueue(OutboxMessage message, StateChanges changes)
        {
        }

        public void Release()
        {
        }

        public bool TryTakeReport(out OutboxMessage ended)
        {
            ended = null!;
            return false;
        }
    }
}
