using System.Collections.Concurrent;
using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>The connection pools of one database, where its provider tells of them: their series exist from the first one on.</summary>
internal sealed class DatabasePools(string dependency, DependencyFamilies families, NpgsqlPools npgsql)
{
    private const int MostNames = 100;

    private readonly ConcurrentDictionary<string, byte> _names = new(StringComparer.Ordinal);
    private string? _last;

    public void Add(DbDataSource source)
    {
        if (NpgsqlPools.Knows(source))
        {
            using DbConnection connection = source.CreateConnection();
            Add(connection);
        }
    }

    public void Add(DbConnection connection)
    {
        if (!NpgsqlPools.Knows(connection))
        {
            return;
        }

        string text = connection.ConnectionString;
        if (!ReferenceEquals(text, Volatile.Read(ref _last)) && _names.Count < MostNames && _names.TryAdd(text, 0))
        {
            npgsql.Start();
            _names.TryAdd(NameOf(connection, text), 0);
            if (_names.TryAdd(dependency, 0))
            {
                families.DatabaseConnections.With(dependency, "idle").Source = () => npgsql.Sum(_names.Keys, static pool => pool.Idle);
                families.DatabaseConnections.With(dependency, "used").Source = () => npgsql.Sum(_names.Keys, static pool => pool.Used);
                families.MostDatabaseConnections.With(dependency).Source = () => npgsql.Sum(_names.Keys, static pool => pool.Most);
                families.DatabaseConnectionsWaiting.With(dependency).Source = () => npgsql.Sum(_names.Keys, static pool => pool.Waiting);
            }
        }

        Volatile.Write(ref _last, text);
    }

    // A pool whose data source has no name is called as its connections are described, without the password.
    private static string NameOf(DbConnection connection, string text)
    {
        if (DbProviderFactories.GetFactory(connection)?.CreateConnectionStringBuilder() is not { } builder)
        {
            return text;
        }

        builder.ConnectionString = text;
        builder.Remove("Password");
        return builder.ConnectionString;
    }
}
