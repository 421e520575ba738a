using System.Data;
using System.Data.Common;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Polly;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Database;

/// <summary>What is measured of a real PostgreSQL, and what Npgsql itself measures of it.</summary>
[Collection(nameof(Databases))]
public sealed class PostgresTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Most = 3;

    private static readonly int[] Three = [3];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private MonitoredApp _app = null!;
    private NpgsqlDataSource _bare = null!;
    private DbDataSource _source = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await postgres.StartAsync();
        _app = await MonitoredApp.StartAsync(static services => services.AddMcpCircuitBreaker("orders"));
        // A name of its own for each test: Npgsql tells pools of one name apart by nothing.
        _bare = NpgsqlDataSource.Create($"{postgres.ConnectionString};Search Path=pg_temp;Maximum Pool Size={Most};Application Name={Guid.NewGuid():N}");
        _source = _bare.WithMcpMonitoring("orders", _app.Dependencies);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _source.DisposeAsync();
            await _app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Own_types_of_the_provider_can_be_had_through_the_wrapper()
    {
        await using DbConnection connection = await _source.OpenConnectionAsync(Token);
        var own = (NpgsqlConnection)connection.UnwrapMcpMonitoring();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (a int[], b jsonb)";
        await command.ExecuteNonQueryAsync(Token);

        command.CommandText = "INSERT INTO t VALUES (@a, @b)";
        command.Parameters.Add(new NpgsqlParameter<int[]>("a", [1, 2]));
        command.Parameters.Add(new NpgsqlParameter("b", NpgsqlDbType.Jsonb) { Value = """{"c": 1}""" });
        await command.ExecuteNonQueryAsync(Token);
        await using (NpgsqlBinaryImporter import = await own.BeginBinaryImportAsync("COPY t FROM STDIN (FORMAT BINARY)", Token))
        {
            await import.WriteRowAsync(Token, Three, DBNull.Value);
            await import.CompleteAsync(Token);
        }

        command.Parameters.Clear();
        command.CommandText = "SELECT a FROM t ORDER BY a";
        await using DbDataReader reader = await command.ExecuteReaderAsync(Token);
        var rows = Assert.IsType<NpgsqlDataReader>(reader);
        Assert.True(await rows.ReadAsync(Token));
        Assert.Equal("1 2", string.Join(' ', await rows.GetFieldValueAsync<int[]>(0, Token)));
        Assert.True(await rows.ReadAsync(Token));
        Assert.Equal("3", string.Join(' ', await rows.GetFieldValueAsync<int[]>(0, Token)));
    }

    [Fact]
    public async Task Batch_is_one_query_of_the_kind_of_its_statements_and_is_undone_to_a_savepoint()
    {
        await using DbConnection connection = await _source.OpenConnectionAsync(Token);
        await RunAsync(connection, "CREATE TABLE t (a int)");
        await using DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, Token);
        await RunAsync(connection, "INSERT INTO t VALUES (1)", transaction);
        await transaction.SaveAsync("first", Token);
        await using (DbBatch batch = connection.CreateBatch())
        {
            batch.Transaction = transaction;
            batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO t VALUES (2)"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO t VALUES (3)"));
            Assert.Equal(2, await batch.ExecuteNonQueryAsync(Token));
        }

        await transaction.RollbackAsync("first", Token);
        await transaction.CommitAsync(Token);

        await using DbCommand count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM t";
        Assert.Equal(1L, await count.ExecuteScalarAsync(Token));
        MetricsPage page = await _app.PageAsync();
        Assert.Equal(2, Queries(page, "insert", "success"));
        Assert.Equal(1, Queries(page, "other", "success"));
        Assert.Equal(1, Queries(page, "select", "success"));
    }

    [Fact]
    public async Task Queries_failures_and_connections_are_as_many_as_Npgsql_itself_counts()
    {
        const int Good = 17, Bad = 5;
        using var npgsql = new NpgsqlCounts(_bare.ConnectionString);
        await using (DbConnection connection = await _source.OpenConnectionAsync(Token))
        {
            for (int i = 0; i < Good; i++)
            {
                await RunAsync(connection, "SELECT 1");
            }

            for (int i = 0; i < Bad; i++)
            {
                await Assert.ThrowsAsync<PostgresException>(() => RunAsync(connection, "SELECT * FROM nothing"));
            }
        }

        await using DbConnection first = await _source.OpenConnectionAsync(Token), second = await _source.OpenConnectionAsync(Token);
        await using DbConnection closed = await _source.OpenConnectionAsync(Token);
        await closed.CloseAsync();

        MetricsPage page = await _app.PageAsync();
        npgsql.Ask();
        Assert.Equal(Good + Bad, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders")));
        Assert.Equal(Good + Bad, npgsql.Executed);
        Assert.Equal(Bad, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders"), ("outcome", "error")));
        Assert.Equal(Bad, npgsql.Failed);
        Assert.Equal(2, Connections(page, "open"));
        Assert.Equal(2, npgsql.Used);
        Assert.Equal(2, Connections(page, "used"));
        Assert.Equal(npgsql.Idle, Connections(page, "idle"));
        Assert.Equal(1, npgsql.Idle);
        Assert.Equal(Most, page.Sum("mcp_db_connections_max", ("dependency", "orders")));
    }

    [Fact]
    public async Task Callers_that_wait_for_a_connection_are_told_while_they_do()
    {
        var taken = new List<DbConnection>();
        for (int i = 0; i < Most; i++)
        {
            taken.Add(await _source.OpenConnectionAsync(Token));
        }

        Assert.Equal(0, (await _app.PageAsync()).Sum("mcp_db_connections_waiting", ("dependency", "orders")));
        Task<DbConnection>[] waiting = [_source.OpenConnectionAsync(Token).AsTask(), _source.OpenConnectionAsync(Token).AsTask()];
        MetricsPage page = await Eventually.GetAsync(_app.PageAsync, page => page.Sum("mcp_db_connections_waiting", ("dependency", "orders")) == 2, Limit);
        Assert.Equal(2, page.Sum("mcp_db_connections_waiting", ("dependency", "orders")));
        Assert.Equal(Most, Connections(page, "used"));
        Assert.Equal(Most, Connections(page, "open"));

        foreach (DbConnection connection in taken)
        {
            await connection.DisposeAsync();
        }

        foreach (DbConnection connection in await Task.WhenAll(waiting))
        {
            await connection.DisposeAsync();
        }

        page = await _app.PageAsync();
        Assert.Equal(0, page.Sum("mcp_db_connections_waiting", ("dependency", "orders")));
        Assert.Equal(0, Connections(page, "used"));
        Assert.Equal(Most, Connections(page, "idle"));
        Assert.Equal(0, Connections(page, "open"));
    }

    [Fact]
    public async Task Pool_with_the_name_of_the_dependency_and_one_of_bare_connections_are_found_too()
    {
        var builder = new NpgsqlDataSourceBuilder(postgres.ConnectionString + ";Maximum Pool Size=7") { Name = "stock" };
        await using DbDataSource named = builder.Build().WithMcpMonitoring("stock", _app.Dependencies);
        await using var bare = new NpgsqlConnection(postgres.ConnectionString + ";Maximum Pool Size=9;Persist Security Info=true;Password=secret-4711");
        await using DbConnection connection = bare.WithMcpMonitoring("prices", _app.Dependencies);
        await using DbConnection stock = await named.OpenConnectionAsync(Token);
        await connection.OpenAsync(Token);

        MetricsPage page = await _app.PageAsync();
        Assert.Equal(7, page.Sum("mcp_db_connections_max", ("dependency", "stock")));
        Assert.Equal(9, page.Sum("mcp_db_connections_max", ("dependency", "prices")));
        Assert.Equal(Most, page.Sum("mcp_db_connections_max", ("dependency", "orders")));
        Assert.Equal(1, page.Sum("mcp_db_connections", ("dependency", "prices"), ("state", "used")));
        Assert.DoesNotContain("4711", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Text.Split('\n'), line => line.StartsWith("mcp_", StringComparison.Ordinal) && line.Contains("Host=", StringComparison.Ordinal));
        NpgsqlConnection.ClearPool(bare);
    }

    [Fact]
    public async Task Pool_that_is_gone_is_told_of_no_more()
    {
        await (await _source.OpenConnectionAsync(Token)).DisposeAsync();
        Assert.Contains("mcp_db_connections_max{", (await _app.PageAsync()).Text, StringComparison.Ordinal);

        await _source.DisposeAsync();

        MetricsPage page = await _app.PageAsync();
        Assert.DoesNotContain("mcp_db_connections_max{", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, Connections(page, "open"));
    }

    [Fact]
    public async Task Connection_that_the_server_ends_is_open_no_more_and_the_query_in_it_has_failed()
    {
        await using DbConnection victim = await _source.OpenConnectionAsync(Token), other = await _source.OpenConnectionAsync(Token);
        int id = ((NpgsqlConnection)victim.UnwrapMcpMonitoring()).ProcessID;
        await RunAsync(other, $"SELECT pg_terminate_backend({id})");

        Exception? thrown = await _app.CallAsync(_ => RunAsync(victim, "SELECT 1"));

        Assert.IsType<NpgsqlException>(thrown, exactMatch: false);
        MetricsPage page = await _app.PageAsync();
        Assert.Equal(1, Queries(page, "select", "error"));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("error_type", "integration"), ("dependency", "orders"), ("operation", MonitoredApp.Tool)));
        Assert.Equal(1, Connections(page, "open"));
    }

    [Theory]
    [InlineData("SET statement_timeout = 20; SELECT pg_sleep(10)", 30, "timeout", "timeout")]
    [InlineData("SELECT pg_sleep(10)", 1, "timeout", "timeout")]
    [InlineData("SELECT 1 / 0", 30, "error", "integration")]
    public async Task Time_limit_of_the_server_and_of_the_client_are_timeouts(string text, int timeout, string outcome, string errorType)
    {
        await using DbConnection connection = await _source.OpenConnectionAsync(Token);
        await using DbCommand command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (text, timeout);

        Assert.NotNull(await _app.CallAsync(_ => command.ExecuteScalarAsync(Token)));

        MetricsPage page = await _app.PageAsync();
        Assert.Equal(1, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders"), ("outcome", outcome)));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("error_type", errorType), ("dependency", "orders"), ("operation", MonitoredApp.Tool)));
    }

    [Fact]
    public async Task Statement_that_is_refused_for_what_it_says_comes_from_a_database_that_works()
    {
        ResiliencePipeline breaker = _app.Services.GetRequiredKeyedService<ResiliencePipeline>("orders");
        await using DbConnection connection = await _source.OpenConnectionAsync(Token);
        await RunAsync(connection, "CREATE TABLE t (a int UNIQUE); INSERT INTO t VALUES (1)");
        Task InsertAsync(CancellationToken token) => breaker.ExecuteAsync(async _ => await RunAsync(connection, "INSERT INTO t VALUES (1)"), token).AsTask();

        for (int i = 0; i < 6; i++)
        {
            Assert.IsType<PostgresException>(await _app.CallAsync(InsertAsync));
        }

        using (OperationScope tool = _app.Services.GetRequiredService<IMcpMonitor>().Begin(OperationType.Tools, MonitoredApp.Tool))
        {
            await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(Token));
            tool.End(OperationOutcome.ToolError);
        }

        MetricsPage page = await _app.PageAsync();
        Assert.Equal(7, Queries(page, "insert", "success"));
        Assert.Equal(6, page.Sum("mcp_errors_total", ("error_type", "integration"), ("dependency", "orders"), ("outcome", "server_error")));
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", MonitoredApp.Tool), ("outcome", "tool_error")));
        Assert.Equal(1, page.Sum("mcp_circuit_breaker_state", ("dependency", "orders"), ("state", "closed")));
        Assert.Equal(1, page.Sum("mcp_dependency_up", ("dependency", "orders")));
    }

    [Fact]
    public async Task Stranger_is_refused_by_an_error_of_signing_in_and_a_pool_that_is_used_up_by_a_timeout()
    {
        await using DbConnection stranger = new NpgsqlConnection(postgres.ConnectionString.Replace("Username=app", "Username=stranger", StringComparison.Ordinal)).WithMcpMonitoring("strange", _app.Dependencies);
        await using DbDataSource small = NpgsqlDataSource.Create(postgres.ConnectionString + ";Maximum Pool Size=1;Timeout=1").WithMcpMonitoring("small", _app.Dependencies);
        await using DbConnection only = await small.OpenConnectionAsync(Token);

        Assert.IsType<PostgresException>(await _app.CallAsync(stranger.OpenAsync));
        Assert.IsType<NpgsqlException>(await _app.CallAsync(token => small.OpenConnectionAsync(token).AsTask()));

        MetricsPage page = await _app.PageAsync();
        Assert.Equal(1, page.Sum("mcp_db_connection_errors_total", ("dependency", "strange")));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("error_type", "auth"), ("dependency", "strange")));
        Assert.Equal(1, page.Sum("mcp_db_connection_errors_total", ("dependency", "small")));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("error_type", "timeout"), ("dependency", "small")));
        Assert.Equal(1, page.Sum("mcp_db_connections", ("dependency", "small"), ("state", "open")));
    }

    [Fact]
    public async Task Query_that_the_caller_takes_back_is_cancelled()
    {
        await using DbConnection connection = await _source.OpenConnectionAsync(Token);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT pg_sleep(30)";
        using var caller = new CancellationTokenSource();

        Task<Exception?> call = _app.CallAsync(command.ExecuteScalarAsync, caller);
        await caller.CancelAsync();

        Assert.IsType<OperationCanceledException>(await call, exactMatch: false);
        MetricsPage page = await _app.PageAsync();
        Assert.Equal(1, Queries(page, "select", "cancelled"));
        Assert.Equal(0, page.Sum("mcp_errors_total", ("dependency", "orders")));
    }

    private static async Task RunAsync(DbConnection connection, string text, DbTransaction? transaction = null)
    {
        await using DbCommand command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (text, transaction);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static double Queries(MetricsPage page, string statement, string outcome) =>
        page.Count("mcp_db_query_duration_seconds", ("dependency", "orders"), ("statement", statement), ("outcome", outcome));

    private static double Connections(MetricsPage page, string state) => page.Sum("mcp_db_connections", ("dependency", "orders"), ("state", state));
}
