using Microsoft.Data.Sqlite;

#pragma warning disable IDE0130, CA1050 // A provider is known by its namespace.
namespace Npgsql;

/// <summary>A connection that is taken for one of Npgsql.</summary>
internal sealed class PooledConnection(string connectionString) : SqliteConnection(connectionString);
