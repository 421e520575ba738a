using System.Data.Common;
using System.Diagnostics;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>What the spans of all queries of one database say: OpenTelemetry semantic conventions for database clients. The text of a query is in none.</summary>
internal sealed class DatabaseTarget
{
    private readonly string _dependency;
    private readonly string _namespace;
    private readonly (string Host, int? Port)? _server;
    private readonly string? _database, _dataSource;
    private readonly string[] _names;

    public DatabaseTarget(DbConnection connection, string dependency)
    {
        Provider = DatabaseProvider.Of(connection);
        _database = connection.Database;
        _dataSource = connection.DataSource;
        _dependency = dependency;
        _namespace = DatabaseName.Of(connection);
        _server = Provider.IsFile ? null : ServerAddress.Of(_dataSource);
        _names = [.. StatementKinds.All.Select(kind => Operation(kind) is { } operation ? $"{operation} {_namespace}" : _namespace)];
    }

    public DatabaseProvider Provider { get; }

    public bool IsOf(DbConnection connection) =>
        DatabaseProvider.Of(connection) == Provider && connection.Database == _database && connection.DataSource == _dataSource;

    public string NameOf(StatementKind kind) => _names[(int)kind];

    public void Describe(Activity span, StatementKind kind)
    {
        span.SetTag("db.system.name", Provider.System);
        span.SetTag("db.namespace", _namespace);
        span.SetTag("db.operation.name", Operation(kind));
        span.SetTag("server.address", _server?.Host);
        span.SetTag("server.port", _server?.Port);
        span.SetTag(DependencySpans.DependencyTag, _dependency);
    }

    private static string? Operation(StatementKind kind) => kind switch
    {
        StatementKind.Select => "SELECT",
        StatementKind.Insert => "INSERT",
        StatementKind.Update => "UPDATE",
        StatementKind.Delete => "DELETE",
        StatementKind.Procedure => "EXECUTE",
        _ => null,
    };
}
