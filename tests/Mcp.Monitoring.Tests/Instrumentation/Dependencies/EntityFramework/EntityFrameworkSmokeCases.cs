using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>What applications do with EF Core, each with an answer that can be compared.</summary>
internal static class EntityFrameworkSmokeCases
{
    public static IReadOnlyDictionary<string, Func<OrdersContext, CancellationToken, Task<string>>> All { get; } =
        new Dictionary<string, Func<OrdersContext, CancellationToken, Task<string>>>(StringComparer.Ordinal)
        {
            ["schema"] = async (context, token) => $"{await context.Database.EnsureCreatedAsync(token)} {await context.Database.CanConnectAsync(token)} {context.Database.GenerateCreateScript().Length}",
            ["insert"] = async (context, token) =>
            {
                context.Orders.AddRange(new Order { Customer = "d", Total = 4 }, new Order { Customer = "e", Total = 5 });
                return $"{await context.SaveChangesAsync(token)} {await RowsAsync(context, token)}";
            },
            ["query with LINQ"] = async (context, token) => string.Join(
                ' ', await context.Orders.Where(static one => one.Total > 1 && one.Customer != "x").OrderByDescending(static one => one.Total).Select(static one => one.Customer).ToListAsync(token)),
            ["aggregates"] = async (context, token) =>
                $"{await context.Orders.SumAsync(static one => one.Total, token)} {await context.Orders.MaxAsync(static one => one.Total, token)} {await context.Orders.AnyAsync(static one => one.Total > 9, token)}",
            ["groups"] = async (context, token) => string.Join(
                ' ', await context.Orders.GroupBy(static one => one.Total % 2).OrderBy(static group => group.Key).Select(static group => $"{group.Key}:{group.Count()}").ToListAsync(token)),
            ["streaming"] = async (context, token) =>
            {
                int sum = 0;
                await foreach (Order order in context.Orders.AsNoTracking().AsAsyncEnumerable().WithCancellation(token))
                {
                    sum += order.Total;
                }

                return sum.ToString(CultureInfo.InvariantCulture);
            },
            ["synchronous"] = (context, _) =>
            {
                context.Orders.Add(new Order { Customer = "s" });
                return Task.FromResult($"{context.SaveChanges()} {context.Orders.Count()} {context.Orders.Find(1)?.Customer}");
            },
            ["update"] = async (context, token) =>
            {
                Order order = await context.Orders.SingleAsync(static one => one.Customer == "b", token);
                order.Total = 20;
                return $"{await context.SaveChangesAsync(token)} {await RowsAsync(context, token)}";
            },
            ["delete"] = async (context, token) =>
            {
                context.Orders.Remove(await context.Orders.FirstAsync(static one => one.Customer == "b", token));
                return $"{await context.SaveChangesAsync(token)} {await RowsAsync(context, token)}";
            },
            ["mixed"] = async (context, token) =>
            {
                List<Order> all = await context.Orders.OrderBy(static one => one.Id).ToListAsync(token);
                context.Remove(all[0]);
                all[1].Total = 9;
                context.Add(new Order { Customer = "f" });
                return $"{await context.SaveChangesAsync(token)} {await RowsAsync(context, token)}";
            },
            ["transaction"] = async (context, token) =>
            {
                await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(token))
                {
                    context.Orders.Add(new Order { Customer = "t" });
                    await context.SaveChangesAsync(token);
                    await transaction.CommitAsync(token);
                }

                return await RowsAsync(context, token);
            },
            ["rollback"] = async (context, token) =>
            {
                await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(token))
                {
                    await context.Orders.ExecuteDeleteAsync(token);
                    await transaction.RollbackAsync(token);
                }

                return await RowsAsync(context, token);
            },
            ["transaction that is left"] = async (context, token) =>
            {
                await using (await context.Database.BeginTransactionAsync(token))
                {
                    await context.Orders.ExecuteDeleteAsync(token);
                }

                return await RowsAsync(context, token);
            },
            ["savepoint"] = async (context, token) =>
            {
                await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(token);
                context.Orders.Add(new Order { Customer = "kept" });
                await context.SaveChangesAsync(token);
                await transaction.CreateSavepointAsync("here", token);
                await context.Orders.Where(static one => one.Customer != "kept").ExecuteDeleteAsync(token);
                await transaction.RollbackToSavepointAsync("here", token);
                await transaction.ReleaseSavepointAsync("here", token);
                await transaction.CommitAsync(token);
                return $"{transaction.SupportsSavepoints} {await RowsAsync(context, token)}";
            },
            ["concurrency token"] = async (context, token) =>
            {
                Order order = await context.Orders.SingleAsync(static one => one.Customer == "a", token);
                await context.Orders.ExecuteUpdateAsync(static set => set.SetProperty(one => one.Version, 3), token);
                order.Total = 7;
                DbUpdateConcurrencyException thrown = await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync(token));
                await thrown.Entries.Single().ReloadAsync(token);
                order.Total = 8;
                return $"{await context.SaveChangesAsync(token)} {await RowsAsync(context, token)}";
            },
            ["constraint"] = async (context, token) =>
            {
                context.Orders.Add(new Order { Customer = "a" });
                DbUpdateException thrown = await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(token));
                return $"{thrown.InnerException?.GetType().Name} {thrown.InnerException?.Message}";
            },
            ["raw SQL"] = async (context, token) =>
                $"{await context.Database.ExecuteSqlAsync($"UPDATE Orders SET Total = {11} WHERE Customer = {"a"}", token)} {await RowsAsync(context, token)}",
            ["raw value"] = async (context, token) => string.Join(' ', await context.Database.SqlQuery<int>($"SELECT Total AS Value FROM Orders WHERE Total < {3} ORDER BY Total").ToListAsync(token)),
            ["FromSql"] = async (context, token) => string.Join(
                ' ', await context.Orders.FromSql($"SELECT * FROM Orders WHERE Total >= {2}").OrderBy(static one => one.Id).Select(static one => one.Customer).ToListAsync(token)),
            ["ExecuteUpdate"] = async (context, token) =>
                $"{await context.Orders.Where(static one => one.Total > 1).ExecuteUpdateAsync(static set => set.SetProperty(one => one.Total, one => one.Total * 10), token)} {await RowsAsync(context, token)}",
            ["ExecuteDelete"] = async (context, token) => $"{await context.Orders.Where(static one => one.Total > 1).ExecuteDeleteAsync(token)} {await RowsAsync(context, token)}",
            ["wrong SQL"] = async (context, token) => (await Assert.ThrowsAnyAsync<Exception>(() => context.Database.ExecuteSqlRawAsync("SELECT nothing", token))).Message,
            ["cancelled"] = async (context, _) =>
                (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => context.Orders.ToListAsync(new CancellationToken(canceled: true)))).GetType().BaseType?.Name ?? "",
            ["time limit of commands"] = async (context, token) =>
            {
                context.Database.SetCommandTimeout(7);
                return $"{context.Database.GetCommandTimeout()} {await context.Orders.CountAsync(token)}";
            },
        };

    private static async Task<string> RowsAsync(OrdersContext context, CancellationToken token) =>
        string.Join(' ', await context.Orders.AsNoTracking().OrderBy(static one => one.Id).Select(static one => $"{one.Id}{one.Customer}{one.Total}v{one.Version}").ToListAsync(token));
}
