using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>The store, the notification log and the delivery queue of a server, as it has them, on a folder.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StateStore _file;
    private readonly AlertClock _clock = new(TimeProvider.System);
    private readonly WakeableTimer _timer = new(TimeProvider.System);

    public Server(string folder, StateSettings settings, Func<IStateStore, IStateStore> wrap, params string[] channels)
    {
        var clock = new MonitoringClock(TimeProvider.System);
        var registry = new MetricsRegistry(new MetricsOptions(), clock);
        var errors = new InternalErrors(NullLoggerFactory.Instance, clock);
        _file = new StateStore(Path.Combine(folder, "alerts.db"), StateTables.All(_clock), settings, registry, errors, NullLogger.Instance, TimeProvider.System);
        _file.Start();
        Store = wrap(_file);
        Log = new NotificationLog(_clock);
        Queue = new DeliveryQueue(
            channels.Select(name => new FileChannel(name, folder)), Log, new DeliverySettings { Backoff = new(TimeSpan.Zero, TimeSpan.Zero) }, _clock, new DeliveryMetrics(registry),
            AlertingSeams.None.StartThread, static () => false, fault => throw new InvalidOperationException("It failed inside.", fault))
        {
            Wake = _timer.Wake,
        };
    }

    public IStateStore Store { get; }

    public NotificationLog Log { get; }

    public DeliveryQueue Queue { get; }

    /// <summary>Reads what the former run left, and sends what is left of it.</summary>
    public StateRows Load()
    {
        StateRows? rows = null;
        Until(() => Store.TryLoad(out rows));
        var changes = new StateChanges();
        Log.Load(rows!);
        Queue.Load(rows!, changes);
        Commit(changes);
        return rows!;
    }

    /// <summary>Saves and sends, until nothing is on its way.</summary>
    public void Commit(StateChanges changes)
    {
        long begun = TimeProvider.System.GetTimestamp();
        do
        {
            TimeSpan next = Queue.Advance(changes, DeliveryPhase.Draining);
            Log.Save(changes);
            if (!changes.IsEmpty)
            {
                Store.Save(changes);
                changes.Clear();
            }

            if (!Queue.Release() && Queue.Queues.Any(queue => queue.Messages.Count > 0))
            {
                TimeSpan wait = next - _clock.Now;
                _timer.Wait(wait < Patience ? wait : Patience);
            }

            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                throw new TimeoutException("It has taken a minute.");
            }
        }
        while (Queue.Queues.Any(queue => queue.Messages.Count > 0));
    }

    public static void Until(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, Patience))
        {
            throw new TimeoutException("It has taken a minute.");
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        _timer.Dispose();
    }
}
