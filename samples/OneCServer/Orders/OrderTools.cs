using System.ComponentModel;
using ModelContextProtocol.Server;
using OneCServer.OneC;

namespace OneCServer.Orders;

/// <summary>Each tool depends on something else: 1C, the database, the cache before it, the queue.</summary>
[McpServerToolType]
internal sealed class OrderTools
{
    [McpServerTool(Name = "get_order"), Description("An order, from 1C.")]
    public static Task<string> GetOrderAsync(string number, OneCClient oneC, CancellationToken cancellationToken) => oneC.GetOrderAsync(number, cancellationToken);

    [McpServerTool(Name = "find_orders"), Description("Orders of a customer, from the database.")]
    public static Task<IReadOnlyList<string>> FindOrdersAsync(string customer, OrdersDatabase database, CancellationToken cancellationToken) => database.FindAsync(customer, cancellationToken);

    [McpServerTool(Name = "get_price"), Description("The price of an item, from the cache, else from the database.")]
    public static Task<decimal> GetPriceAsync(string item, Prices prices, CancellationToken cancellationToken) => prices.GetAsync(item, cancellationToken);

    [McpServerTool(Name = "notify"), Description("Has a customer notified that an order is ready.")]
    public static string Notify(string number, Notifications notifications) => notifications.TryAdd(number) ? "It will be sent." : "Too many wait already; try again later.";
}
