using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Database;

/// <summary>EF Core over Npgsql and a real PostgreSQL: each query is counted once, as EF Core's and as Npgsql's own.</summary>
[Collection(nameof(Databases))]
public sealed class EntityFrameworkPostgresTests(PostgresServer postgres) : IAsyncLifetime
{
    // Raw texts are those of SQLite; begin and end of a transaction, and a command that was taken back before it was sent, are counted by one of both alone.
    private static readonly string[] Others = ["raw SQL", "raw value", "FromSql", "transaction", "savepoint", "cancelled"];

    private readonly string _database = $"t{Guid.NewGuid():N}";
    private MonitoredApp _app = null!;
    private NpgsqlDataSource _source = null!;

    public static TheoryData<string> Cases => [.. EntityFrameworkSmokeCases.All.Keys.Except(Others, StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        await postgres.StartAsync();
        _app = await MonitoredApp.StartAsync();
        _source = NpgsqlDataSource.Create(postgres.ConnectionString.Replace("Database=postgres", $"Database={_database}", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _source.DisposeAsync();
            await using var connection = new NpgsqlConnection(postgres.ConnectionString);
            await connection.OpenAsync(CancellationToken.None);
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Query_is_counted_once(string name)
    {
        await using var context = new OrdersContext(new DbContextOptionsBuilder().UseNpgsql(_source).Options);
        await CallAsync(async token =>
        {
            await context.Database.EnsureCreatedAsync(token);
            context.Orders.AddRange(new Order { Customer = "a", Total = 1 }, new Order { Customer = "b", Total = 2 }, new Order { Customer = "c", Total = 3 });
            await context.SaveChangesAsync(token);
        });
        context.ChangeTracker.Clear();
        using var npgsql = new NpgsqlCounts(_source.ConnectionString);
        double before = Queries(await _app.PageAsync());

        await CallAsync(token => EntityFrameworkSmokeCases.All[name](context, token));

        Assert.Equal(npgsql.Executed, Queries(await _app.PageAsync()) - before);
        Assert.NotEqual(0, npgsql.Executed);
    }

    // Of several hosts in a process the one counts whose operation is around.
    private async Task CallAsync(Func<CancellationToken, Task> work) => Assert.Null(await _app.CallAsync(work));

    private double Queries(MetricsPage page) => page.Count("mcp_db_query_duration_seconds", ("dependency", _database));
}
