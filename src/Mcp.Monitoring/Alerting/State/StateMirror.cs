namespace Mcp.Monitoring.Alerting.State;

/// <summary>
/// The rows that the next start would read, kept so that a file that was lost can be written anew. It belongs to the store's thread.
/// </summary>
internal sealed class StateMirror(IReadOnlyList<StateTable> tables)
{
    private readonly Dictionary<StateTable, Rows> _tables = tables.ToDictionary(table => table, table => new Rows(table));

    public void Load(StateRows rows)
    {
        foreach ((StateTable table, Rows kept) in _tables)
        {
            foreach (StateRow row in rows.In(table))
            {
                kept.Put(row);
            }
        }
    }

    public void Add(StateChanges changes)
    {
        foreach (((StateTable table, string key), StateRow? row) in changes.Rows)
        {
            if (row is null)
            {
                _tables[table].Remove(key);
            }
            else
            {
                _tables[table].Put(row);
            }
        }
    }

    /// <summary>Finds out whether a file is of this run: a copy of it, or the file itself where the system numbers its files anew.</summary>
    public bool IsOfThisRun(StateRows held) => _tables.Any(table => table.Key.RunKey is { } key
        && held.In(table.Key).FirstOrDefault(row => row.Key == key) is { } run && table.Value.Holds(run));

    /// <summary>Forgets what was over before a time, as the file does.</summary>
    public void Purge(StateTable table, DateTimeOffset before) => _tables[table].Purge(before.ToUnixTimeMilliseconds());

    /// <summary>Gets all of it, as the change of a file that holds something else: what this run deleted may have come back with it.</summary>
    public StateChanges Everything(StateRows held)
    {
        var everything = new StateChanges();
        foreach ((StateTable table, Rows kept) in _tables)
        {
            kept.CopyTo(everything, held.In(table));
        }

        return everything;
    }

    /// <summary>The rows of a table: all that go on, and of those that are over as many as are read.</summary>
    private sealed class Rows(StateTable table)
    {
        private readonly Dictionary<string, StateRow> _rows = new(StringComparer.Ordinal);
        private int _over;

        public void Put(StateRow row)
        {
            Remove(row.Key);
            _rows.Add(row.Key, row);
            _over += row.ClosedAt is null ? 0 : 1;

            // Half of them at once: which are the newest is not looked for with each row.
            if (_over / 2 > table.PastRows)
            {
                Forget(Over().OrderByDescending(past => past.ClosedAt).Skip(table.PastRows));
            }
        }

        public bool Holds(StateRow row) => _rows.TryGetValue(row.Key, out StateRow? kept) && kept.Data.AsSpan().SequenceEqual(row.Data);

        public void Remove(string key)
        {
            if (_rows.Remove(key, out StateRow? former) && former.ClosedAt is not null)
            {
                _over--;
            }
        }

        public void Purge(long before) => Forget(Over().Where(past => past.ClosedAt < before));

        public void CopyTo(StateChanges changes, IReadOnlyList<StateRow> held)
        {
            foreach (StateRow row in held.Where(row => !_rows.ContainsKey(row.Key)))
            {
                changes.Delete(table, row.Key);
            }

            foreach (StateRow row in _rows.Values)
            {
                changes.Put(table, row);
            }
        }

        private IEnumerable<StateRow> Over() => _rows.Values.Where(row => row.ClosedAt is not null);

        private void Forget(IEnumerable<StateRow> gone)
        {
            foreach (StateRow row in gone.ToArray())
            {
                Remove(row.Key);
            }
        }
    }
}
