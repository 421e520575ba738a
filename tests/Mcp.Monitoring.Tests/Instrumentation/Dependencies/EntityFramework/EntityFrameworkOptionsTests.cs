using Microsoft.EntityFrameworkCore;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>What hosts say of EF Core, and how several of them share it.</summary>
[Collection(nameof(Alone))]
public sealed class EntityFrameworkOptionsTests : IDisposable
{
    private const int Databases = 105, MostNamed = 100;

    private readonly OrdersFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Nothing_is_measured_where_it_is_switched_off()
    {
        using var host = new EntityFrameworkHost(static options => options.Dependencies.EntityFramework = false);

        Ask(_file);

        Assert.Equal(0, host.AllQueries);
    }

    [Theory]
    [InlineData("sales", "sales")]
    [InlineData(null, "orders")]
    [InlineData(" ", "orders")]
    public void Host_names_the_dependency_or_leaves_it_at_the_name_of_the_database(string? said, string expected)
    {
        using var host = new EntityFrameworkHost(options => options.Dependencies.DatabaseName = _ => said);

        Ask(_file);

        Assert.Equal(1, host.Queries("select", dependency: expected));
        Assert.Equal(1, host.AllQueries);
    }

    [Fact]
    public void Naming_that_throws_is_counted_and_leaves_the_name_of_the_database()
    {
        using var host = new EntityFrameworkHost(static options => options.Dependencies.DatabaseName = static _ => throw new InvalidOperationException());

        Ask(_file);

        Assert.Equal(1, host.Queries("select"));
        Assert.Equal(1, host.Host.Sum("mcp_monitoring_errors_total"));
    }

    [Fact]
    public void Database_for_each_customer_makes_no_series_of_each()
    {
        using var host = new EntityFrameworkHost();
        for (int i = 0; i < Databases; i++)
        {
            using var file = new OrdersFile($"tenant{i}.db", hasSchema: false);
            using OrdersContext context = file.Open();
            context.Database.ExecuteSqlRaw("SELECT 1");
        }

        Assert.Equal(Databases - MostNamed, host.Queries("select", dependency: "_other"));
        Assert.Equal(1, host.Queries("select", dependency: "tenant7"));
        Assert.Equal(Databases, host.AllQueries);
    }

    [Fact]
    public async Task Of_two_hosts_the_one_counts_whose_operation_is_around_else_the_first_that_runs()
    {
        using EntityFrameworkHost first = new(), second = new();
        await second.Host.Monitor.RunAsync(OperationType.Tools, "get_order", _ => Done(), CancellationToken.None);
        Assert.Equal((0, 1), (first.AllQueries, second.AllQueries));

        Ask(_file);
        Assert.Equal((1, 1), (first.AllQueries, second.AllQueries));

        first.Stop();
        Ask(_file);
        Assert.Equal((1, 2), (first.AllQueries, second.AllQueries));

        ValueTask Done()
        {
            Ask(_file);
            return ValueTask.CompletedTask;
        }
    }

    private static void Ask(OrdersFile file)
    {
        using OrdersContext context = file.Open();
        Assert.Equal(0, context.Orders.Count());
    }
}
