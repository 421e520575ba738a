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
        string? connection = configuration.GetConnectionString("Orders");
        if (string.IsNullOrEmpty(connection))
        {
            var own = new OwnDatabase();
            connection = own.Connection;
            services.AddHostedService(_ => own);
        }

        services.AddSingleton(provider => Source(connection).WithMcpMonitoring("orders_db", provider.GetRequiredService<IMcpDependencies>()));
        services.AddSingleton<OrdersDatabase>();
        services.AddHostedService<OrdersStart>();

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

    private sealed class OrdersStart(OrdersDatabase database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => database.CreateAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
