using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>The store and the outbox of a server, as it has them, on a folder.</summary>
internal sealed class Server : IDisposable
{
    private readonly StateStore _file;

    public Server(string folder, StateSettings settings, Func<IStateStore, IStateStore> wrap, params string[] channels)
    {
        var time = TimeProvider.System;
        var clock = new MonitoringClock(time);
        var registry = new MetricsRegistry(new MetricsOptions(), clock);
        var errors = new InternalErrors(NullLoggerFactory.Instance, clock);
        _file = new StateStore(Path.Combine(folder, "alerts.db"), StateTables.All, settings, registry, errors, NullLogger.Instance, time);
        _file.Start();
        Store = wrap(_file);
        Outbox = new Outbox(
            channels.Select(name => new FileChannel(name, folder)), Store, new OutboxSettings { Backoff = new(TimeSpan.Zero, TimeSpan.Zero) }, new AlertClock(time), new DeliveryMetrics(registry), errors);
    }

    public IStateStore Store { get; }

    public Outbox Outbox { get; }

    /// <summary>Reads what the former run left, and sends what is left of it.</summary>
    public StateRows Load()
    {
        StateRows? rows = null;
        Until(() => Store.TryLoad(out rows));
        Outbox.Start();
        var changes = new StateChanges();
        Outbox.Restore(rows!, changes);
        Commit(changes, rows!.Of(OutboxMessage.Table).Count(message => message.EndedAt is null));
        return rows!;
    }

    /// <summary>Saves, lets the workers send, and waits for the end of so many messages.</summary>
    public void Commit(StateChanges changes, int messages)
    {
        Store.Save(changes);
        Outbox.Release();
        Until(() =>
        {
            while (messages > 0 && Outbox.TryTakeReport(out _))
            {
                messages--;
            }

            return messages == 0;
        });
    }

    public static void Until(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)))
        {
            throw new TimeoutException("It has taken a minute.");
        }
    }

    public void Dispose()
    {
        Outbox.Dispose();
        Store.Dispose();
    }
}
