using Mcp.Monitoring;
using Mcp.Monitoring.Instrumentation.Dependencies;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;

namespace System.Data.Common;

/// <summary>Monitors databases, whatever their ADO.NET provider.</summary>
public static class McpMonitoringDatabaseExtensions
{
    /// <summary>
    /// Wraps a connection: how long its queries take is in <c>mcp_db_query_duration_seconds</c> by kind of statement (the first keyword, never the text), connections that
    /// are open and that could not be opened are counted, and a tool that fails by the database names it. In all else it is the connection that it wraps; parameters and
    /// readers are the provider's own, and <see cref="UnwrapMcpMonitoring"/> gets its connection.
    /// <code>
    /// await using DbConnection orders = new NpgsqlConnection(text).WithMcpMonitoring("orders", dependencies);
    /// </code>
    /// </summary>
    /// <param name="connection">The connection; from now on it belongs to the one that is returned, which closes and disposes of it.</param>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name.</param>
    /// <param name="dependencies">Where it is measured.</param>
    /// <returns>The connection to use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="dependencies"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    public static DbConnection WithMcpMonitoring(this DbConnection connection, string dependency, IMcpDependencies dependencies)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(dependency);
        ArgumentNullException.ThrowIfNull(dependencies);
        return connection is not MonitoredConnection && dependencies is McpDependencies own ? new MonitoredConnection(connection, own.Database(dependency)) : connection;
    }

    /// <summary>Wraps a connection where no service can be had: it is measured by the host that started first and still runs, as the static <see cref="McpMonitor"/> is.</summary>
    /// <param name="connection">The connection; from now on it belongs to the one that is returned.</param>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name.</param>
    /// <returns>The connection to use; <paramref name="connection"/> itself before a host has started.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    public static DbConnection WithMcpMonitoring(this DbConnection connection, string dependency)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(dependency);
        return McpMonitor.Dependencies is { } dependencies ? connection.WithMcpMonitoring(dependency, dependencies) : connection;
    }

    /// <summary>Wraps a data source: every connection and command of it is monitored.</summary>
    /// <param name="dataSource">The data source; from now on it belongs to the one that is returned.</param>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name.</param>
    /// <param name="dependencies">Where it is measured.</param>
    /// <returns>The data source to use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="dataSource"/> or <paramref name="dependencies"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    public static DbDataSource WithMcpMonitoring(this DbDataSource dataSource, string dependency, IMcpDependencies dependencies)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentException.ThrowIfNullOrWhiteSpace(dependency);
        ArgumentNullException.ThrowIfNull(dependencies);
        return dataSource is not MonitoredDataSource && dependencies is McpDependencies own ? new MonitoredDataSource(dataSource, own.Database(dependency)) : dataSource;
    }

    /// <summary>Gets the provider's own connection, for what only it can do.</summary>
    /// <param name="connection">A connection, wrapped or not.</param>
    /// <returns>The connection inside.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is <see langword="null"/>.</exception>
    public static DbConnection UnwrapMcpMonitoring(this DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection is MonitoredConnection { Inner: var inner } ? inner : connection;
    }
}
