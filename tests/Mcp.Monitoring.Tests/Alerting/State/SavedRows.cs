using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>Rows as a file would hold them, without one.</summary>
internal sealed class SavedRows
{
    private readonly ConcurrentDictionary<(StateTable Table, string Key), StateRow> _rows = [];

    /// <summary>Gets all of them, to be read as those of a file are.</summary>
    public StateRows All => new([.. _rows.Select(row => (row.Key.Table, row.Value))]);

    public void Save(StateChanges changes)
    {
        foreach (((StateTable table, string key), StateRow? row) in changes.Rows)
        {
            if (row is null)
            {
                _rows.TryRemove((table, key), out _);
            }
            else
            {
                _rows[(table, key)] = row;
            }
        }
    }

    public void Add<TRow>(StateTable<TRow> table, TRow row)
        where TRow : class
    {
        var changes = new StateChanges();
        changes.Put(table, row);
        Save(changes);
    }

    /// <summary>Takes what others have saved.</summary>
    public void Add(StateRows rows)
    {
        var changes = new StateChanges();
        foreach (StateTable table in TestTables.All)
        {
            foreach (StateRow row in rows.In(table))
            {
                changes.Put(table, row);
            }
        }

        Save(changes);
    }
}

/// <summary>What a change holds, as its owner wrote it.</summary>
internal static class ChangedRows
{
    public static IEnumerable<TRow> Of<TRow>(this StateChanges changes, StateTable<TRow> table)
        where TRow : class => new StateRows(changes.Rows.Where(row => row.Value is not null).Select(row => (row.Key.Table, row.Value!))).Of(table);
}

/// <summary>Every kind of row, on a clock that stands still.</summary>
internal static class TestTables
{
    public static AlertClock Clock { get; } = new(new FakeTimeProvider());

    public static IReadOnlyList<StateTable> All { get; } = StateTables.All(Clock);
}
