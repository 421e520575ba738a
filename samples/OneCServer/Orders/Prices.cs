using System.Globalization;
using Microsoft.Extensions.Caching.Distributed;
using ModelContextProtocol;

namespace OneCServer.Orders;

/// <summary>Prices, kept for a few seconds.</summary>
internal sealed class Prices(IDistributedCache cache, OrdersDatabase database)
{
    private static readonly DistributedCacheEntryOptions Kept = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(5) };

    /// <exception cref="McpException">There is no such item.</exception>
    public async Task<decimal> GetAsync(string item, CancellationToken cancellationToken)
    {
        if (await cache.GetStringAsync(item, cancellationToken) is { } known)
        {
            return decimal.Parse(known, CultureInfo.InvariantCulture);
        }

        decimal price = await database.FindPriceAsync(item, cancellationToken) ?? throw new McpException($"There is no item {item}.");
        await cache.SetStringAsync(item, price.ToString(CultureInfo.InvariantCulture), Kept, cancellationToken);
        return price;
    }
}
