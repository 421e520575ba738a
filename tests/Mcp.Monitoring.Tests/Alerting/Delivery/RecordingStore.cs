using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Storage;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>Keeps rows as the file would, so that a test can start again from what a killed process had saved.</summary>
internal sealed class RecordingStore : IAlertStore
{
    private readonly ConcurrentDictionary<(Type Kind, string Key), StoreRow> _rows = [];

    public string? Degraded => null;

    /// <summary>Gets or sets what happens just after a save: a test throws here to be killed there.</summary>
    public Action<OutboxMessage> Saved { get; set; } = _ => { };

    /// <summary>Gets or sets what happens just before a save.</summary>
    public Action<OutboxMessage> Saving { get; set; } = _ => { };

    public StoredRows Rows => new([.. _rows.Values]);

    public IEnumerable<OutboxMessage> Messages => Rows.Of<OutboxMessage>().OrderBy(message => message.Created).ThenBy(message => message.Generation);

    public bool TryLoad([NotNullWhen(true)] out StoredRows? rows)
    {
        rows = Rows;
        return true;
    }

    public void Save(StoreChanges changes)
    {
        foreach (OutboxMessage message in changes.Rows.Values.OfType<OutboxMessage>())
        {
            Saving(message);
        }

        foreach (var (key, row) in changes.Rows)
        {
            if (row is null)
            {
                _rows.TryRemove(key, out _);
            }
            else
            {
                _rows[key] = row;
            }
        }

        foreach (OutboxMessage message in changes.Rows.Values.OfType<OutboxMessage>())
        {
            Saved(message);
        }
    }

    public void Dispose()
    {
    }
}
