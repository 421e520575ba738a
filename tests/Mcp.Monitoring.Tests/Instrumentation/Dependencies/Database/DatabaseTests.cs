using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;

/// <summary>What is measured of a database.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly TestHost _host = new();

    private IMcpDependencies Dependencies => _host.Services.GetRequiredService<IMcpDependencies>();

    private double Open => _host.Sample("mcp_db_connections", ("dependency", "orders"), ("state", "open"));

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Each_way_to_run_a_command_is_one_query_of_its_kind()
    {
        await using DbConnection connection = Connect();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using DbCommand command = connection.CreateCommand();

        command.CommandText = "SELECT 1";
        command.ExecuteScalar();
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        command.ExecuteReader().Dispose();
        await (await command.ExecuteReaderAsync(TestContext.Current.CancellationToken)).DisposeAsync();
        command.CommandText = "CREATE TABLE t (a INTEGER)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO t VALUES (1)";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, Queries("select", "success"));
        Assert.Equal(1, Queries("other", "success"));
        Assert.Equal(1, Queries("insert", "success"));
        Assert.Equal(6, _host.Sum("mcp_db_query_duration_seconds_count"));
        Assert.Equal(1, _host.Sample("mcp_dependency_up", ("dependency", "orders")));
    }

    [Fact]
    public async Task Failure_is_laid_to_the_database()
    {
        await using DbConnection connection = Connect();
        connection.Open();

        SqliteException thrown = await Assert.ThrowsAsync<SqliteException>(() => _host.Monitor.RunAsync(OperationType.Tools, "get_order", async token =>
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = "SELECT * FROM nothing";
            await command.ExecuteScalarAsync(token);
        }, CancellationToken.None).AsTask());

        Assert.Contains("nothing", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, Queries("select", "error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "integration"), ("operation", "get_order"), ("dependency", "orders")));
        Assert.Equal(0, _host.Sample("mcp_dependency_up", ("dependency", "orders")));
    }

    [Fact]
    public void Connections_are_counted_while_they_are_open_however_they_end()
    {
        DbConnection first = Connect(), second = Connect();
        Assert.Equal(0, Open);
        first.Open();
        second.Open();
        Assert.Equal(2, Open);
        first.Close();
        first.Close();
        Assert.Equal(1, Open);
        second.Dispose();
        second.Dispose();

        Assert.Equal(0, Open);
    }

    [Fact]
    public void Connection_that_was_open_already_is_counted_once()
    {
        using var bare = new SqliteConnection("Data Source=:memory:");
        bare.Open();
        using DbConnection wrapped = bare.WithMcpMonitoring("orders", Dependencies);

        Assert.Equal(1, Open);
        bare.Close();

        Assert.Equal(0, Open);
    }

    [Fact]
    public async Task Connection_that_cannot_be_opened_is_an_error_of_the_database()
    {
        await using DbConnection connection = Connect("/no/such/folder/file.db");

        await Assert.ThrowsAsync<SqliteException>(() => _host.Monitor.RunAsync(
            OperationType.Tools, "get_order", token => new ValueTask(connection.OpenAsync(token)), CancellationToken.None).AsTask());
        Assert.Throws<SqliteException>(connection.Open);

        Assert.Equal(2, _host.Sample("mcp_db_connection_errors_total", ("dependency", "orders")));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "integration"), ("operation", "get_order"), ("dependency", "orders")));
        Assert.Equal(0, Open);
    }

    [Fact]
    public void Misuse_is_no_error_of_the_database()
    {
        using DbConnection connection = Connect();
        connection.ConnectionString = "";

        Record.Exception(connection.Open);
        connection.Close();
        connection.Dispose();

        Assert.Equal(0, _host.Sample("mcp_db_connection_errors_total", ("dependency", "orders")));
    }

    [Fact]
    public void Text_of_a_query_is_nowhere_on_the_page()
    {
        using DbConnection connection = Connect();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 'secret-4711'";

        command.ExecuteScalar();

        Assert.DoesNotContain("4711", _host.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Buckets_begin_at_half_a_millisecond_and_limits_are_edges()
    {
        using DbConnection connection = Connect();
        string page = _host.Render();

        Assert.All(["0.0005", "0.001", "0.2", "0.5", "10"], edge => Assert.Contains($"le=\"{edge}\"", page, StringComparison.Ordinal));
        Assert.Equal(0, _host.Sum("mcp_db_query_duration_seconds_bucket", ("le", "0.5")));
    }

    [Fact]
    public void Own_connection_of_the_provider_can_be_had_and_nothing_is_wrapped_twice()
    {
        using var bare = new SqliteConnection("Data Source=:memory:");
        DbConnection wrapped = bare.WithMcpMonitoring("orders", Dependencies);

        Assert.Same(bare, wrapped.UnwrapMcpMonitoring());
        Assert.Same(bare, bare.UnwrapMcpMonitoring());
        Assert.Same(wrapped, wrapped.WithMcpMonitoring("orders", Dependencies));
    }

    [Fact]
    public void Names_and_services_that_are_missing_are_refused()
    {
        using var bare = new SqliteConnection("Data Source=:memory:");

        Assert.Throws<ArgumentException>(() => bare.WithMcpMonitoring(" ", Dependencies));
        Assert.Throws<ArgumentNullException>(() => bare.WithMcpMonitoring("orders", null!));
    }

    [Fact]
    public void Data_source_gives_monitored_connections_and_commands()
    {
        using DbDataSource source = SqliteFactory.Instance.CreateDataSource("Data Source=:memory:").WithMcpMonitoring("orders", Dependencies);
        using (DbConnection connection = source.OpenConnection())
        {
            Assert.Equal(1, Open);
        }

        using (DbCommand command = source.CreateCommand("SELECT 1"))
        {
            Assert.Equal(1L, command.ExecuteScalar());
        }

        Assert.Equal(1, Queries("select", "success"));
        Assert.Equal(0, Open);
    }

    private DbConnection Connect(string file = ":memory:") => new SqliteConnection($"Data Source={file}").WithMcpMonitoring("orders", Dependencies);

    private double Queries(string statement, string outcome) =>
        _host.Sample("mcp_db_query_duration_seconds_count", ("dependency", "orders"), ("statement", statement), ("outcome", outcome));
}
