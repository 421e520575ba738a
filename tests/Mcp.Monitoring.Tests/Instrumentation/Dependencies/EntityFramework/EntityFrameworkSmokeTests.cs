using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>EF Core works the same over a bare connection and over a monitored one, and what it sends is counted once over either.</summary>
[Collection(nameof(Alone))]
public sealed class EntityFrameworkSmokeTests : IDisposable
{
    private const int Least = 20;

    private readonly EntityFrameworkHost _host = new();

    public static TheoryData<string> Cases => [.. EntityFrameworkSmokeCases.All.Keys];

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Answer_and_count_are_the_same_over_either_connection(string name)
    {
        string bare = await AskAsync(name, static connection => connection);
        double[] once = Counts();
        string wrapped = await AskAsync(name, connection => connection.WithMcpMonitoring("orders", _host.Dependencies));

        Assert.Equal(bare, wrapped);
        Assert.NotEqual(0, once.Sum());
        Assert.Equal(once.Select(static count => 2 * count), Counts());
        Assert.Equal(0, _host.Open);
        Assert.Equal(0, _host.Host.Sum("mcp_monitoring_errors_total"));
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.InRange(EntityFrameworkSmokeCases.All.Count, Least, int.MaxValue);

    // The statements of savepoints are no commands to EF Core.
    private double[] Counts() =>
        [.. ((string[])["select", "insert", "update", "delete"]).SelectMany(kind => ((string[])["success", "error", "timeout"]).Select(outcome => _host.Queries(kind, outcome)))];

    private static async Task<string> AskAsync(string name, Func<DbConnection, DbConnection> wrap)
    {
        using var file = new OrdersFile();
        using DbConnection connection = wrap(new SqliteConnection(file.ConnectionString));
        await using OrdersContext context = OrdersFile.Open(connection);
        context.Orders.AddRange(new Order { Customer = "a", Total = 1 }, new Order { Customer = "b", Total = 2 }, new Order { Customer = "c", Total = 3 });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        context.ChangeTracker.Clear();

        return await EntityFrameworkSmokeCases.All[name](context, TestContext.Current.CancellationToken);
    }
}
