using Microsoft.EntityFrameworkCore;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>Orders as an application has them, without a line about monitoring.</summary>
internal sealed class OrdersContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>(static order =>
    {
        order.HasIndex(static one => one.Customer).IsUnique();
        order.Property(static one => one.Version).IsConcurrencyToken();
    });
}
