namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>What changes together: one transaction. A row put twice is written once, as it was last.</summary>
internal sealed class StoreChanges
{
    private readonly Dictionary<(Type Kind, string Key), StoreRow?> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Gets the rows; one that is <see langword="null"/> is deleted.</summary>
    public IReadOnlyDictionary<(Type Kind, string Key), StoreRow?> Rows => _rows;

    public void Put(StoreRow row) => _rows[(row.GetType(), row.Key)] = row;

    public void Delete<TRow>(string key)
        where TRow : StoreRow => Delete(typeof(TRow), key);

    public void Delete(Type kind, string key) => _rows[(kind, key)] = null;

    /// <summary>Adds later changes to these.</summary>
    public void Add(StoreChanges later)
    {
        foreach ((var key, StoreRow? row) in later._rows)
        {
            _rows[key] = row;
        }
    }

    /// <summary>Gives up rows of what is over.</summary>
    /// <returns>How many.</returns>
    public int ForgetClosed()
    {
        (Type, string)[] closed = [.. _rows.Where(row => row.Value?.ClosedAt is not null).Select(row => row.Key)];
        foreach (var key in closed)
        {
            _rows.Remove(key);
        }

        return closed.Length;
    }

    public void Clear() => _rows.Clear();
}
