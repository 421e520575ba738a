namespace Mcp.Monitoring;

/// <summary>
/// What the tools depend on, where no client of ours measures it: other protocols, retries, queues and caches. A singleton; take it from the services. HTTP clients need none
/// of it: see <c>services.AddHttpClient("1c").AddMcpMonitoring("1c")</c>.
/// </summary>
public interface IMcpDependencies
{
    /// <summary>Finds or adds an integration.</summary>
    /// <param name="name">The label <c>dependency</c>, such as <c>1c</c>: a fixed name, never text that came from outside. At most 1,000 names are told apart.</param>
    /// <returns>The same object for the same name; it may be kept.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/>, empty or white space.</exception>
    IMcpIntegration Integration(string name);

    /// <summary>Counts a call that was tried again, in <c>mcp_retry_attempts_total</c>. Retries of Polly and of <c>Microsoft.Extensions.Http.Resilience</c> are counted without it.</summary>
    /// <param name="dependency">The label <c>dependency</c>.</param>
    /// <param name="result">What came of the new try.</param>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="result"/> is none of the list.</exception>
    void RecordRetry(string dependency, RetryResult result);

    /// <summary>Measures a queue: <c>mcp_queue_size</c> and <c>mcp_queue_capacity</c>, read whenever metrics are.</summary>
    /// <param name="queue">The label <c>queue</c>, a fixed name. A queue that is registered again under a name takes its place.</param>
    /// <param name="size">Reads how many items wait, on the thread of a scrape; it must be quick. What it throws is counted, and the size is then absent.</param>
    /// <param name="capacity">How many it can hold, 1 or more; <see langword="null"/> if there is no limit.</param>
    /// <returns>The queue, to record how long items waited in it; dispose of it when the queue is gone.</returns>
    /// <exception cref="ArgumentException"><paramref name="queue"/> is <see langword="null"/>, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="size"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    IQueueMonitor RegisterQueue(string queue, Func<long> size, long? capacity = null);

    /// <summary>Has a cache that counts itself read whenever metrics are: <c>mcp_cache_requests_total</c> and <c>mcp_cache_entries</c>. The host's <c>IMemoryCache</c> is read
    /// without it, as the cache <c>memory</c>.</summary>
    /// <param name="cache">The label <c>cache</c>, a fixed name. A cache that is registered again under a name takes its place.</param>
    /// <param name="read">Reads its numbers, on the thread of a scrape; it must be quick. <see langword="null"/> where it has none; what it throws is counted.</param>
    /// <exception cref="ArgumentException"><paramref name="cache"/> is <see langword="null"/>, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="read"/> is <see langword="null"/>.</exception>
    void RegisterCache(string cache, Func<McpCacheStatistics?> read);
}
