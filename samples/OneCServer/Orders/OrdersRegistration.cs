using System.Data.Common;
using Mcp.Monitoring;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OneCServer.Orders;

/// <summary>The database, the cache and the queue, each with its one line of monitoring.</summary>
internal static class OrdersRegistration
{
    public static void AddOrders(this IServiceCollection services, IConfiguration configuration)
    {
        string connection = configuration.GetConnectionString("Orders") is { Length: > 0 } own ? own : SqliteFile.New();
        services.AddSingleton(provider => Source(connection).WithMcpMonitoring("orders_db", provider.GetRequiredService<IMcpDependencies>()));
        services.AddSingleton<OrdersDatabase>();
        services.AddHostedService(provider => new OrdersStart(provider.GetRequiredService<OrdersDatabase>(), connection));

        if (configuration.GetConnectionString("Redis") is { Length: > 0 } redis)
        {
            services.AddStackExchangeRedisCache(options => options.Configuration = redis);
        }
        else
        {
            services.AddDistributedMemoryCache();
        }

        services.AddMcpCacheMonitoring("prices");
        services.AddSingleton<Prices>();
        services.AddSingleton<Notifications>();
        services.AddHostedService(static provider => provider.GetRequiredService<Notifications>());
    }

    // Npgsql's connection strings begin with the host.
    private static DbDataSource Source(string connection) => connection.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
        ? NpgsqlDataSource.Create(connection)
        : SqliteFactory.Instance.CreateDataSource(connection);

    private sealed class OrdersStart(OrdersDatabase database, string connection) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => database.CreateAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken)
        {
            SqliteFile.Delete(connection);
            return Task.CompletedTask;
        }
    }
}
