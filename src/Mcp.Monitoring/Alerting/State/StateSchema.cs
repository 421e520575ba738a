namespace Mcp.Monitoring.Alerting.State;

/// <summary>What shape a file has, and how an older one is brought to it: step <c>n</c> makes version <c>n + 1</c> of version <c>n</c>, and versions are counted in
/// <c>user_version</c>. Tables of kinds that are new need no step.</summary>
internal sealed class StateSchema(IReadOnlyList<string> steps)
{
    /// <summary>Tells our files from those of other programs: <c>McpA</c>.</summary>
    public const int ApplicationId = 0x4D637041;

    // Version 1 is tables alone.
    public static StateSchema Current { get; } = new([""]);

    public int Version => steps.Count;

    /// <summary>Finds out whether a file is one of ours, of this version or an older one.</summary>
    /// <returns>Its version; 0 for an empty file.</returns>
    /// <exception cref="StateRefusedException">It is not.</exception>
    public int Check(StateConnection connection)
    {
        if (connection.Number("SELECT count(*) FROM sqlite_master") == 0)
        {
            return 0;
        }

        if (connection.Number("PRAGMA application_id") != ApplicationId)
        {
            throw new StateRefusedException(StateFault.Foreign, "not of this library");
        }

        long version = connection.Number("PRAGMA user_version");
        return version <= Version ? (int)version : throw new StateRefusedException(StateFault.Newer, $"schema {version}, this one knows {Version}");
    }

    /// <summary>Makes the tables that are not there yet, and brings older ones to this version: all of it or nothing.</summary>
    public void Apply(StateConnection connection, IReadOnlyList<StateTable> tables, int version) => connection.InTransaction(() =>
    {
        foreach (StateTable table in tables)
        {
            connection.Execute($"CREATE TABLE IF NOT EXISTS {table.Name}(key TEXT NOT NULL PRIMARY KEY, closed_at INTEGER NULL, data TEXT NOT NULL)");
            connection.Execute($"CREATE INDEX IF NOT EXISTS {table.Name}_closed ON {table.Name}(closed_at)");
        }

        foreach (string step in steps.Skip(Math.Max(version, 1)))
        {
            connection.Execute(step);
        }

        if (version != Version)
        {
            connection.Execute($"PRAGMA user_version={Version}");
        }

        if (version == 0)
        {
            connection.Execute($"PRAGMA application_id={ApplicationId}");
        }
    });
}
