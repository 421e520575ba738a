namespace Mcp.Monitoring.Alerting.State;

/// <summary>What was in the file. Rows are understood when their owner asks for them; one that cannot be is counted, left out, and stays where it is.</summary>
internal sealed class StateRows
{
    private readonly Dictionary<StateTable, IReadOnlyList<StateRow>> _rows;

    public StateRows(IEnumerable<(StateTable Table, StateRow Row)> rows) =>
        _rows = rows.GroupBy(row => row.Table).ToDictionary(table => table.Key, IReadOnlyList<StateRow> (table) => [.. table.Select(row => row.Row)]);

    public static StateRows Empty { get; } = new([]);

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Gets how many rows of all tables cannot be understood.</summary>
    public int Unreadable => _rows.Sum(table => table.Value.Count(row => table.Key.Read(row) is null));

    public IEnumerable<TRow> Of<TRow>(StateTable<TRow> table)
        where TRow : class => In(table).Select(table.Read).OfType<TRow>();

    /// <summary>Gets the rows of a table as they are in the file.</summary>
    public IReadOnlyList<StateRow> In(StateTable table) => _rows.GetValueOrDefault(table) ?? [];
}
