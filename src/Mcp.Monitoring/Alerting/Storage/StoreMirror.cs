namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>
/// The rows that the next start would read, kept so that a file that was lost can be written anew. It belongs to the store's thread.
/// </summary>
internal sealed class StoreMirror
{
    private readonly Dictionary<Type, Rows> _tables = StoreTables.All.ToDictionary(table => table.Kind, table => new Rows(table));

    public void Load(StoredRows rows)
    {
        foreach ((Type kind, Rows table) in _tables)
        {
            foreach (StoreRow row in rows.Of(kind))
            {
                table.Put(row);
            }
        }
    }

    public void Add(StoreChanges changes)
    {
        foreach (((Type kind, string key), StoreRow? row) in changes.Rows)
        {
            if (row is null)
            {
                _tables[kind].Remove(key);
            }
            else
            {
                _tables[kind].Put(row);
            }
        }
    }

    /// <summary>Finds out whether a fact is here as it is there.</summary>
    public bool Holds(StoredFact fact) => _tables[typeof(StoredFact)].Holds(fact);

    /// <summary>Forgets what was over before a time, as the file does.</summary>
    public void Purge(StoreTable table, DateTimeOffset before) => _tables[table.Kind].Purge(before);

    /// <summary>Gets all of it, as the change of a file that holds something else: what this run deleted may have come back with it.</summary>
    public StoreChanges Everything(StoredRows held)
    {
        var everything = new StoreChanges();
        foreach (Rows table in _tables.Values)
        {
            table.CopyTo(everything, held);
        }

        return everything;
    }

    /// <summary>The rows of a table: all that go on, and of those that are over as many as are read.</summary>
    private sealed class Rows(StoreTable table)
    {
        private readonly Dictionary<string, StoreRow> _rows = new(StringComparer.Ordinal);
        private int _over;

        public void Put(StoreRow row)
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

        public bool Holds(StoreRow row) => row.Equals(_rows.GetValueOrDefault(row.Key));

        public void Remove(string key)
        {
            if (_rows.Remove(key, out StoreRow? former) && former.ClosedAt is not null)
            {
                _over--;
            }
        }

        public void Purge(DateTimeOffset before) => Forget(Over().Where(past => past.ClosedAt < before));

        public void CopyTo(StoreChanges changes, StoredRows held)
        {
            foreach (StoreRow row in held.Of(table.Kind).Where(row => !_rows.ContainsKey(row.Key)))
            {
                changes.Delete(table.Kind, row.Key);
            }

            foreach (StoreRow row in _rows.Values)
            {
                changes.Put(row);
            }
        }

        private IEnumerable<StoreRow> Over() => _rows.Values.Where(row => row.ClosedAt is not null);

        private void Forget(IEnumerable<StoreRow> gone)
        {
            foreach (StoreRow row in gone.ToArray())
            {
                Remove(row.Key);
            }
        }
    }
}
