using Mcp.Monitoring;
using Mcp.Monitoring.Instrumentation.Dependencies;
using Mcp.Monitoring.Instrumentation.Dependencies.Cache;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Monitors caches.</summary>
public static class McpMonitoringCacheExtensions
{
    /// <summary>
    /// Monitors the distributed cache and the hybrid cache that have been added so far, each once: look-ups in <c>mcp_cache_requests_total</c>; calls of the distributed cache as
    /// those of a dependency, in <c>mcp_integration_call_duration_seconds</c>. Where there are both, look-ups are counted in the hybrid one alone, which asks the other; to have
    /// names and look-ups of both, call it after each.
    /// <code>
    /// services.AddStackExchangeRedisCache(options =&gt; …).AddMcpCacheMonitoring("redis");
    /// </code>
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="cache">The labels <c>cache</c> and <c>dependency</c>, a fixed name.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="cache"/> is <see langword="null"/>, empty or white space.</exception>
    /// <exception cref="InvalidOperationException">Neither cache has been added yet.</exception>
    public static IServiceCollection AddMcpCacheMonitoring(this IServiceCollection services, string cache)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(cache);
        DecoratedServices known = services.Decorated();
        bool isHybrid = known.Decorate<HybridCache>(services, (provider, inner) => inner.WithMcpMonitoring(cache, provider.GetRequiredService<IMcpDependencies>()));
        known.Decorate<IDistributedCache>(
            services, (provider, inner) => provider.GetRequiredService<IMcpDependencies>() is McpDependencies own ? own.Monitored(inner, cache, hasLookups: !isHybrid) : inner);
        return known.Any
            ? services
            : throw new InvalidOperationException("AddMcpCacheMonitoring() found no cache. Call it after services.AddStackExchangeRedisCache(…), AddDistributedMemoryCache(), AddHybridCache() or the like.");
    }

    /// <summary>Wraps a distributed cache.</summary>
    /// <param name="inner">The cache; from now on it belongs to the one that is returned.</param>
    /// <param name="cache">The labels <c>cache</c> and <c>dependency</c>, a fixed name.</param>
    /// <param name="dependencies">Where it is measured.</param>
    /// <returns>The cache to use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> or <paramref name="dependencies"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="cache"/> is <see langword="null"/>, empty or white space.</exception>
    public static IDistributedCache WithMcpMonitoring(this IDistributedCache inner, string cache, IMcpDependencies dependencies)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentException.ThrowIfNullOrWhiteSpace(cache);
        ArgumentNullException.ThrowIfNull(dependencies);
        return dependencies is McpDependencies own ? own.Monitored(inner, cache, hasLookups: true) : inner;
    }

    /// <summary>Wraps a hybrid cache: a look-up is a miss if its value had to be made.</summary>
    /// <param name="inner">The cache.</param>
    /// <param name="cache">The label <c>cache</c>, a fixed name.</param>
    /// <param name="dependencies">Where it is measured.</param>
    /// <returns>The cache to use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> or <paramref name="dependencies"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="cache"/> is <see langword="null"/>, empty or white space.</exception>
    public static HybridCache WithMcpMonitoring(this HybridCache inner, string cache, IMcpDependencies dependencies)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentException.ThrowIfNullOrWhiteSpace(cache);
        ArgumentNullException.ThrowIfNull(dependencies);
        return dependencies is McpDependencies own ? own.Monitored(inner, cache) : inner;
    }

    /// <summary>Has a memory cache read whenever metrics are, if it counts: <see cref="MemoryCacheOptions.TrackStatistics"/>.</summary>
    /// <param name="dependencies">Where it is measured.</param>
    /// <param name="cache">The label <c>cache</c>, a fixed name.</param>
    /// <param name="read">The cache.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dependencies"/> or <paramref name="read"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="cache"/> is <see langword="null"/>, empty or white space.</exception>
    public static void RegisterCache(this IMcpDependencies dependencies, string cache, IMemoryCache read)
    {
        ArgumentNullException.ThrowIfNull(dependencies);
        ArgumentNullException.ThrowIfNull(read);
        dependencies.RegisterCache(cache, () => read.GetCurrentStatistics() is { } statistics
            ? new McpCacheStatistics(statistics.TotalHits, statistics.TotalMisses, statistics.CurrentEntryCount)
            : null);
    }

    private static DecoratedServices Decorated(this IServiceCollection services)
    {
        if (services.Where(static known => !known.IsKeyedService).Select(static known => known.ImplementationInstance).OfType<DecoratedServices>().FirstOrDefault() is { } known)
        {
            return known;
        }

        var made = new DecoratedServices();
        services.AddSingleton(made);
        return made;
    }
}
