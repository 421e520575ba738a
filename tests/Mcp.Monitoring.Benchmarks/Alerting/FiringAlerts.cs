using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Commands;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>Alerts that fire, in random order, and equal labels that were made apart from theirs.</summary>
internal sealed class FiringAlerts
{
    public const int Count = 2_000;

    private readonly AlertRegister _register;
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
        var guard = new FaultIsolation();
        var log = new NotificationLog(clock);
        var registry = new MetricsRegistry(new MetricsOptions(), new MonitoringClock(TimeProvider.System));
        var queue = new DeliveryQueue([], log, new ChannelMemory(clock), new DeliverySettings(), clock, new DeliveryMetrics(registry), AlertingSeams.None.StartThread, static () => false, guard.Report);
        var commands = new CommandQueue();
        var pipeline = new AlertPipeline(clock, queue, log, identity, new AlertSettings(new AlertOptions()), inbox, commands, drops, isKept: false, guard);
        _register = pipeline.Register;
        _intake = (AlertIntake)pipeline.Intake;
        _raised = new ManualAlerts(clock, inbox, identity, drops);
        _manager = new AlertManager(clock, identity, inbox, commands, () => AlertSnapshot.Empty, static _ => throw new NotSupportedException());
        new Random(Count).Shuffle(_operations);
        for (int i = 0; i < Count; i++)
        {
            RaiseAndTakeUp();
        }

        _labels = [.. _register.Active.Keys.Select(labels => new AlertLabels(labels.ToArray().Select(label => KeyValuePair.Create(label.Key, new string(label.Value)))))];
        new Random(1).Shuffle(_labels);
    }

    public long Find()
    {
        AlertLabels labels = _labels[Next()];
        ulong fingerprint = Fingerprint.Of(labels.Sorted);
        return _register.Find(labels)!.Group!.Members.Count + (long)fingerprint;
    }

    public long Raise()
    {
        _ = _manager.RaiseErrorAsync(ErrorType.Integration, _operations[Next()], "4bf92f3577b34da6a3ce929d0e0e4736");
        return _next;
    }

    public long RaiseAndTakeUp()
    {
        Raise();
        _raised.Tick(_intake);
        return _next;
    }

    private int Next() => _next = (_next + 1) % Count;
}
