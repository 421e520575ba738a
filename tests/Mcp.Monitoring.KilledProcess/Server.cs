using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Storage;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>The store and the outbox of a server, as it has them, on a folder.</summary>
internal sealed class Server : IDisposable
{
    private readonly SqliteAlertStore _file;

    public Server(string folder, StoreSettings settings, Func<IAlertStore, IAlertStore> wrap, params string[] channels)
    {
        var time = TimeProvider.System;
        var clock = new MonitoringClock(time);
        var registry = new MetricsRegistry(new MetricsOptions(), clock);
        var errors = new InternalErrors(NullLoggerFactory.Instance, clock);
        _file = new SqliteAlertStore(Path.Combine(folder, "alerts.db"), settings, registry, errors, NullLogger.Instance, time);
        _file.Start();
        Store = wrap(_file);
        Outbox = new Outbox(
            channels.Select(name => new FileChannel(name, folder)), Store, new OutboxSettings { Backoff = new(TimeSpan.Zero, TimeSpan.Zero) }, new AlertClock(time), new DeliveryMetrics(registry), errors);
    }

    public IAlertStore Store { get; }

    public Outbox Outbox { get; }

    /// <summary>Reads what the former run left, and sends what is left of it.</summary>
    public StoredRows Load()
    {
        StoredRows? rows = null;
        Until(() => Store.TryLoad(out rows));
        Outbox.Start();
        var changes = new StoreChanges();
        Outbox.Restore(rows!, changes);
        Commit(changes, rows!.Of<OutboxMessage>().Count(message => message.EndedAt is null));
        return rows!;
    }

    /// <summary>Saves, lets the workers send, and waits for the end of so many messages.</summary>
    public void Commit(StoreChanges changes, int messages)
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
