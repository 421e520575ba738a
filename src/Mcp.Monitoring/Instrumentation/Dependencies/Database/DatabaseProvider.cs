using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>What is known of an ADO.NET provider by the namespace of its connection.</summary>
internal sealed class DatabaseProvider
{
    private static readonly ConcurrentDictionary<string, DatabaseProvider> Known = new(StringComparer.Ordinal);

    // One source of each name is enough: who listens goes by the name.
    private readonly ActivitySource? _spans;

    private DatabaseProvider(string system, string? spans = null, bool isFile = false)
    {
        System = system;
        IsFile = isFile;
        _spans = spans is null ? null : new ActivitySource(spans);
    }

    /// <summary>Gets the database system, as OpenTelemetry names it.</summary>
    public string System { get; }

    /// <summary>Gets whether a database is a file of this machine.</summary>
    public bool IsFile { get; }

    /// <summary>Gets whether somebody listens to spans that the provider, or an instrumentation of it, makes by itself.</summary>
    public bool HasOwnSpans => _spans is { } spans && spans.HasListeners();

    public static DatabaseProvider Of(DbConnection connection) => Of(connection.GetType().Namespace ?? "");

    public static DatabaseProvider Of(string connectionNamespace) => Known.GetOrAdd(connectionNamespace, New);

    private static DatabaseProvider New(string name) => name switch
    {
        "Npgsql" => new("postgresql", "Npgsql"),
        "MySqlConnector" => new("mysql", "MySqlConnector"),
        "MySql.Data.MySqlClient" => new("mysql", "connector-net"),
        "Microsoft.Data.SqlClient" or "System.Data.SqlClient" => new("microsoft.sql_server", "OpenTelemetry.Instrumentation.SqlClient"),
        "Oracle.ManagedDataAccess.Client" => new("oracle.db", "Oracle.ManagedDataAccess.Core"),
        "Microsoft.Data.Sqlite" or "System.Data.SQLite" => new("sqlite", isFile: true),
        "FirebirdSql.Data.FirebirdClient" => new("firebirdsql"),
        _ => new("other_sql"),
    };
}
