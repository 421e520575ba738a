
namespace Mcp.Monitoring.IntegrationTests.Servers;

/// <summary>Reads <c>/metrics</c> of one server.</summary>
internal sealed class Scraper(HttpClient http, Uri metrics)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public async Task<MetricsPage> ScrapeAsync() => MetricsPage.Parse(await http.GetStringAsync(metrics, TestContext.Current.CancellationToken));

    /// <summary>Scrapes until the page is as wanted or 20 seconds are over; the test judges the page.</summary>
    public Task<MetricsPage> ScrapeUntilAsync(Func<MetricsPage, bool> isGood) => Eventually.GetAsync(ScrapeAsync, isGood, Limit);

    /// <summary>Scrapes once nothing is in progress any more: an answer reaches the client before the last filter of its request has ended.</summary>
    public async Task<MetricsPage> ScrapeWhenQuietAsync()
    {
        await ScrapeUntilAsync(page => page.Sum("mcp_active_requests") is 0);
        // Once more: on that page the counters stand above the gauge and may have been written before the last request ended.
        return await ScrapeAsync();
    }
}
