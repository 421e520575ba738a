namespace Mcp.Monitoring.Alerting.State;

/// <summary>What changes together: one transaction. A row put twice is written once, as it was last.</summary>
internal sealed class StateChanges
{
    private readonly Dictionary<(StateTable Table, string Key), StateRow?> _rows = [];

    /// <summary>Gets whether anybody keeps them; where nobody does, no row is written.</summary>
    public bool IsKept { get; init; } = true;

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Gets the rows; one that is <see langword="null"/> is deleted.</summary>
    public IReadOnlyDictionary<(StateTable Table, string Key), StateRow?> Rows => _rows;

    public void Put<TRow>(StateTable<TRow> table, TRow row)
        where TRow : class
    {
        if (IsKept)
        {
            Put(table, table.Write(row));
        }
    }

    public void Put(StateTable table, StateRow row) => _rows[(table, row.Key)] = row;

    public void Delete(StateTable table, string key) => _rows[(table, key)] = null;

    /// <summary>Adds later changes to these.</summary>
    public void Add(StateChanges later)
    {
        foreach ((var key, StateRow? row) in later._rows)
        {
            _rows[key] = row;
        }
    }

    /// <summary>Gives up rows of what is over.</summary>
    /// <returns>How many.</returns>
    public int ForgetClosed()
    {
        (StateTable, string)[] closed = [.. _rows.Where(row => row.Value?.ClosedAt is not null).Select(row => row.Key)];
        foreach (var key in closed)
        {
            _rows.Remove(key);
        }

        return closed.Length;
    }

    public void Clear() => _rows.Clear();
}
