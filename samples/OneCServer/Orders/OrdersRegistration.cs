using System.Data.Common;
using Mcp.Monitoring;
using Microsoft.Data.Sqlite;

namespace OneCServer.Orders;

/// <summary>The database, the cache and the queue, each with its one line of monitoring.</summary>
internal static class OrdersRegistration
{
    public static void AddOrders(this IServiceCollection services, IConfiguration configuration)
    {
        string file = configuration.GetConnectionString("Orders") ?? $"Data Source={Path.Combine(Path.GetTempPath(), $"orders-{Environment.ProcessId}.db")}";
        services.AddSingleton(provider => SqliteFactory.Instance.CreateDataSource(file).WithMcpMonitoring("orders_db", provider.GetRequiredService<IMcpDependencies>()));
        services.AddSingleton<OrdersDatabase>();
        services.AddHostedService<OrdersStart>();
        services.AddDistributedMemoryCache().AddMcpCacheMonitoring("prices");
        services.AddSingleton<Prices>();
        services.AddSingleton<Notifications>();
        services.AddHostedService(static provider => provider.GetRequiredService<Notifications>());
    }

    private sealed class OrdersStart(OrdersDatabase database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => database.CreateAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
