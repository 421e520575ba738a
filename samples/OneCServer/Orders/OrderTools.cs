using System.ComponentModel;
using ModelContextProtocol.Server;
using OneCServer.OneC;

namespace OneCServer.Orders;

/// <summary>Each tool depends on something else: 1C, the database, the cache before it, the queue.</summary>
[McpServerToolType]
internal sealed class OrderTools
{
    [McpServerTool(Name = "get_order", ReadOnly = true), Description("An order, from 1C.")]
    public static Task<string> GetOrderAsync([Description("Its id, as find_orders has it.")] Guid id, OneCClient oneC, CancellationToken cancellationToken) =>
        oneC.GetOrderAsync(id, cancellationToken);

    [McpServerTool(Name = "find_orders", ReadOnly = true), Description("The ids of a customer's orders, from the database.")]
    public static Task<IReadOnlyList<string>> FindOrdersAsync([Description("The customer's name: Romashka or Vasilek.")] string customer, OrdersDatabase database, CancellationToken cancellationToken) =>
        database.FindAsync(customer, cancellationToken);

    [McpServerTool(Name = "get_price", ReadOnly = true), Description("The price of an item, from the cache, else from the database.")]
    public static Task<decimal> GetPriceAsync([Description("The item: pen, desk or lamp.")] string item, Prices prices, CancellationToken cancellationToken) =>
        prices.GetAsync(item, cancellationToken);

    [McpServerTool(Name = "notify"), Description("Has a customer notified that an order is ready.")]
    public static string Notify([Description("The order's id.")] Guid id, Notifications notifications) =>
        notifications.TryAdd(id) ? "It will be sent." : "Too many wait already; try again later.";
}
