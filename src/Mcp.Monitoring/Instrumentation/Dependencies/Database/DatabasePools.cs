using System.Collections.Concurrent;
using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>The connection pools of one database, where its provider tells of them: their series exist from the first one on.</summary>
internal sealed class DatabasePools(string dependency, DependencyFamilies families, NpgsqlPools npgsql)
{
    private const int MostNames = 100;

    private readonly ConcurrentDictionary<string, byte> _names = new(StringComparer.Ordinal);
    private string? _last;

    public void Add(DbConnection connection)
    {
        if (NpgsqlPools.Knows(connection))
        {
            Add(connection.ConnectionString);
        }
    }

    public void Add(DbDataSource source)
    {
        if (NpgsqlPools.Knows(source))
        {
            Add(source.ConnectionString);
        }
    }

    // A pool is called what its data source is, by default the text of its connections without the password.
    private void Add(string name)
    {
        if (ReferenceEquals(name, Volatile.Read(ref _last)) || _names.ContainsKey(name) || _names.Count >= MostNames)
        {
            Volatile.Write(ref _last, name);
            return;
        }

        npgsql.Start();
        if (_names.TryAdd(dependency, 0))
        {
            families.DatabaseConnections.With(dependency, "idle").Source = () => npgsql.Sum(_names.Keys, static pool => pool.Idle);
            families.DatabaseConnections.With(dependency, "used").Source = () => npgsql.Sum(_names.Keys, static pool => pool.Used);
            families.MostDatabaseConnections.With(dependency).Source = () => npgsql.Sum(_names.Keys, static pool => pool.Most);
            families.DatabaseConnectionsWaiting.With(dependency).Source = () => npgsql.Sum(_names.Keys, static pool => pool.Waiting);
        }

        _names.TryAdd(name, 0);
        Volatile.Write(ref _last, name);
    }
}
