using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>What is measured of EF Core, whose contexts say nothing of monitoring.</summary>
[Collection(nameof(Alone))]
public sealed class EntityFrameworkTests : IDisposable
{
    private readonly OrdersFile _file = new();
    private readonly EntityFrameworkHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _host.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task Each_command_is_one_query_of_its_kind_of_the_database_that_the_file_is_called_after()
    {
        await using OrdersContext context = _file.Open();
        context.Orders.Add(new Order { Customer = "a", Total = 1 });
        context.SaveChanges();
        Order order = await context.Orders.SingleAsync(Token);
        order.Total = 2;
        await context.SaveChangesAsync(Token);
        await context.Orders.Where(static one => one.Total == 2).ExecuteUpdateAsync(static set => set.SetProperty(one => one.Total, 3), Token);
        Assert.Equal(1, context.Orders.Count());
        context.Orders.Remove(order);
        context.SaveChanges();
        context.Database.ExecuteSqlRaw("CREATE TABLE other (a INTEGER)");

        Assert.Equal(1, _host.Queries("insert"));
        Assert.Equal(2, _host.Queries("select"));
        Assert.Equal(2, _host.Queries("update"));
        Assert.Equal(1, _host.Queries("delete"));
        Assert.Equal(1, _host.Queries("other"));
        Assert.Equal(7, _host.AllQueries);
        Assert.Equal(1, _host.Host.Sample("mcp_dependency_up", ("dependency", "orders")));
    }

    [Fact]
    public void Rows_that_are_saved_together_are_as_many_queries_as_are_sent()
    {
        using OrdersContext context = _file.Open();
        int sent = 0;
        context.Orders.AddRange(Enumerable.Range(1, 5).Select(static number => new Order { Customer = $"c{number}" }));
        context.Database.SetCommandTimeout(30);
        using (IDbContextTransaction transaction = context.Database.BeginTransaction())
        {
            sent += context.SaveChanges();
            transaction.Commit();
        }

        Assert.Equal(5, sent);
        Assert.Equal(5, _host.Queries("insert"));
        Assert.Equal(5, _host.AllQueries);
    }

    [Fact]
    public async Task Reader_is_one_query_however_it_is_read()
    {
        await using OrdersContext context = _file.Open();
        context.Orders.AddRange(Enumerable.Range(1, 3).Select(static number => new Order { Customer = $"c{number}" }));
        await context.SaveChangesAsync(Token);

        await foreach (Order _ in context.Orders.AsAsyncEnumerable())
        {
            break;
        }

        Assert.Equal(3, context.Orders.AsEnumerable().Count());
        Assert.Equal(2, _host.Queries("select"));
        Assert.Equal(0, _host.Open);
    }

    [Fact]
    public async Task Failure_is_laid_to_the_database()
    {
        await using OrdersContext context = _file.Open();

        await Assert.ThrowsAsync<SqliteException>(() => RunAsync(token => context.Database.ExecuteSqlRawAsync("SELECT * FROM nothing", token)));

        Assert.Equal(1, _host.Queries("select", "error"));
        Assert.Equal(1, Errors("integration"));
        Assert.Equal(0, _host.Host.Sample("mcp_dependency_up", ("dependency", "orders")));
    }

    [Fact]
    public async Task Save_that_the_database_refuses_is_an_error_of_it_although_EF_wraps_it()
    {
        await using OrdersContext context = _file.Open();
        context.Orders.AddRange(new Order { Customer = "same" }, new Order { Customer = "same" });

        await Assert.ThrowsAsync<DbUpdateException>(() => RunAsync(token => context.SaveChangesAsync(token)));

        Assert.Equal(1, _host.Queries("insert"));
        Assert.Equal(1, _host.Queries("insert", "error"));
        Assert.Equal(1, Errors("integration"));
    }

    [Fact]
    public async Task Row_that_another_has_changed_first_is_no_failure_of_the_database()
    {
        await using OrdersContext context = _file.Open(), other = _file.Open();
        context.Orders.Add(new Order { Customer = "a" });
        await context.SaveChangesAsync(Token);
        await other.Orders.ExecuteUpdateAsync(static set => set.SetProperty(one => one.Version, 7), Token);
        context.Orders.Local.Single().Total = 5;

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => RunAsync(token => context.SaveChangesAsync(token)));

        Assert.Equal(2, _host.Queries("update"));
        Assert.Equal(0, _host.Queries("update", "error"));
        Assert.Equal(1, _host.Host.Sum("mcp_errors_total", ("error_type", "internal"), ("operation", "get_order"), ("dependency", "none")));
    }

    [Fact]
    public async Task Query_that_the_client_took_back_is_cancelled_and_one_that_a_time_limit_ended_is_a_timeout()
    {
        await using OrdersContext context = _file.Open();
        await context.Database.OpenConnectionAsync(Token);
        using var gone = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Host.Monitor.RunAsync(OperationType.Tools, "get_order", async token =>
        {
            await gone.CancelAsync();
            await context.Orders.CountAsync(token);
        }, gone.Token).AsTask());
        Assert.Equal(1, _host.Queries("select", "cancelled"));
        Assert.Equal(0, Errors("timeout"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(async _ => await context.Orders.CountAsync(new CancellationToken(canceled: true))));

        Assert.Equal(1, _host.Queries("select", "timeout"));
        Assert.Equal(1, Errors("timeout"));
        Assert.Equal(2, _host.AllQueries);
    }

    [Fact]
    public async Task Connection_that_cannot_be_opened_is_an_error_of_the_database()
    {
        await using var context = new OrdersContext(new DbContextOptionsBuilder().UseSqlite("Data Source=/no/such/folder/stock.db").Options);

        await Assert.ThrowsAsync<SqliteException>(() => RunAsync(token => context.Orders.CountAsync(token)));
        Assert.Throws<SqliteException>(() => context.Orders.Count());

        Assert.Equal(2, _host.Host.Sample("mcp_db_connection_errors_total", ("dependency", "stock")));
        Assert.Equal(1, Errors("integration", "stock"));
        Assert.Equal(0, _host.AllQueries);
        Assert.Equal(0, _host.Open);
    }

    [Fact]
    public void Database_that_EF_finds_missing_and_creates_is_no_failure()
    {
        using var file = new OrdersFile("new.db", hasSchema: false);
        using OrdersContext context = file.Open();

        Assert.True(context.Database.EnsureCreated());

        Assert.Equal(0, _host.Host.Sum("mcp_db_connection_errors_total"));
        Assert.NotEqual(0, _host.Queries("other", dependency: "new"));
        Assert.Equal(_host.AllQueries, _host.Host.Sum("mcp_db_query_duration_seconds_count", ("outcome", "success")));
    }

    [Fact]
    public void Connections_are_counted_while_they_are_open_however_they_end()
    {
        using OrdersContext closed = _file.Open();
        OrdersContext disposed = _file.Open();
        closed.Database.OpenConnection();
        closed.Orders.Load();
        disposed.Database.OpenConnection();
        Assert.Equal(2, _host.Open);

        closed.Database.CloseConnection();
        Assert.Equal(1, _host.Open);
        disposed.Dispose();
        Assert.Equal(0, _host.Open);
        closed.Orders.Load();

        Assert.Equal(0, _host.Open);
    }

    [Fact]
    public async Task Several_contexts_at_once_are_counted_to_the_unit()
    {
        const int Contexts = 8, Rounds = 10;

        await Parallel.ForEachAsync(Enumerable.Range(0, Contexts), Token, async (_, token) =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                await using OrdersContext context = _file.Open();
                await context.Orders.CountAsync(token);
            }
        });

        Assert.Equal(Contexts * Rounds, _host.Queries("select"));
        Assert.Equal(Contexts * Rounds, _host.AllQueries);
        Assert.Equal(0, _host.Open);
    }

    [Fact]
    public void Query_over_a_monitored_connection_is_counted_once_under_its_name()
    {
        using DbConnection connection = new SqliteConnection(_file.ConnectionString).WithMcpMonitoring("named", _host.Dependencies);
        using (OrdersContext context = OrdersFile.Open(connection))
        {
            context.Orders.Add(new Order { Customer = "a" });
            context.SaveChanges();
            context.Database.OpenConnection();
            Assert.Equal(1, _host.Open);
            Assert.Throws<SqliteException>(() => context.Database.ExecuteSqlRaw("SELECT * FROM nothing"));
        }

        Assert.Equal(1, _host.Queries("insert", dependency: "named"));
        Assert.Equal(1, _host.Queries("select", "error", "named"));
        Assert.Equal(2, _host.AllQueries);
    }

    [Fact]
    public void Disposed_context_counts_nothing()
    {
        OrdersContext context = _file.Open();
        context.Dispose();

        Assert.Throws<ObjectDisposedException>(() => context.Orders.Count());

        Assert.Equal(0, _host.AllQueries);
        Assert.Equal(0, _host.Host.Sum("mcp_monitoring_errors_total"));
    }

    [Fact]
    public void Neither_values_nor_the_text_of_a_query_are_on_the_page()
    {
        using OrdersContext context = _file.Open();

        context.Database.ExecuteSqlRaw("SELECT 'secret-4711'");

        Assert.DoesNotContain("4711", _host.Host.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_counted_after_the_host_has_stopped()
    {
        using OrdersContext context = _file.Open();
        context.Orders.Load();
        _host.Stop();

        context.Orders.Load();

        Assert.Equal(1, _host.AllQueries);
    }

    private Task RunAsync(Func<CancellationToken, Task> work) => _host.Host.Monitor.RunAsync(
        OperationType.Tools, "get_order", token => new ValueTask(work(token)), CancellationToken.None).AsTask();

    private double Errors(string type, string dependency = "orders") =>
        _host.Host.Sum("mcp_errors_total", ("error_type", type), ("operation", "get_order"), ("dependency", dependency));
}
