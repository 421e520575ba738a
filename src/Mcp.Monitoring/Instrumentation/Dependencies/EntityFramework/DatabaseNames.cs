using System.Collections.Concurrent;
using System.Data.Common;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies.EntityFramework;

/// <summary>Finds the dependency that a connection leads to: by the host's word, else by the name of its database.</summary>
internal sealed class DatabaseNames(DependencyCatalog catalog, Func<DbConnection, string?>? naming, InternalErrors errors)
{
    // A database for each customer must not make a series of each.
    private const int MostConnectionStrings = 1_000, MostByDatabase = 100;

    private readonly ConcurrentDictionary<string, DatabaseDependency> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _byDatabase = new(StringComparer.Ordinal);

    public DatabaseDependency Of(DbConnection connection)
    {
        string text = connection.ConnectionString ?? "";
        if (_known.TryGetValue(text, out DatabaseDependency? known))
        {
            return known;
        }

        DatabaseDependency found = catalog.Database(Named(connection) is { } name && !string.IsNullOrWhiteSpace(name) ? name : ByDatabase(DatabaseName.Of(connection)));
        return _known.Count < MostConnectionStrings ? _known.GetOrAdd(text, found) : found;
    }

    private string ByDatabase(string name) =>
        _byDatabase.ContainsKey(name) || (_byDatabase.Count < MostByDatabase && _byDatabase.GetOrAdd(name, name) == name) ? name : OperationLabels.Other;

    private string? Named(DbConnection connection)
    {
        try
        {
            return naming?.Invoke(connection);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Operation, fault);
            return null;
        }
    }
}
