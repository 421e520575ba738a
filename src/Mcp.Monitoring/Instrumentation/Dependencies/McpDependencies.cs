using System.Collections.Concurrent;
using Mcp.Monitoring.Instrumentation.Dependencies.Cache;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>What the host's code says of its dependencies.</summary>
internal sealed class McpDependencies(DependencyCatalog catalog, InternalErrors errors) : IMcpDependencies
{
    private readonly ConcurrentDictionary<string, Integration> _integrations = new(StringComparer.Ordinal);

    public IMcpIntegration Integration(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_integrations.TryGetValue(name, out Integration? known))
        {
            return known;
        }

        Dependency dependency = catalog.Get(name);
        return _integrations.GetOrAdd(dependency.Name, static (_, made) => new Integration(made.Dependency, made.Families), (Dependency: dependency, catalog.Families));
    }

    public DatabaseDependency Database(string name) => catalog.Database(name);

    public void RecordRetry(string dependency, RetryResult result)
    {
        if (!Enum.IsDefined(result))
        {
            throw new ArgumentOutOfRangeException(nameof(result), result, "Name a result of the list.");
        }

        catalog.Get(dependency).CountRetry(result);
    }

    public IQueueMonitor RegisterQueue(string queue, Func<long> size, long? capacity = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        ArgumentNullException.ThrowIfNull(size);
        if (capacity is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(capacity));
        }

        return new MonitoredQueue(queue, size, capacity, catalog.Families, catalog.Clock, errors);
    }

    public void RegisterCache(string cache, Func<McpCacheStatistics?> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cache);
        ArgumentNullException.ThrowIfNull(read);
        CountedCache.Register(cache, read, catalog.Families, errors);
    }

    public IDistributedCache Monitored(IDistributedCache cache, string name, bool hasLookups) =>
        MonitoredDistributedCache.Of(cache, catalog.Get(name), hasLookups ? new CacheLookups(catalog.Get(name).Name, catalog.Families) : null);

    public HybridCache Monitored(HybridCache cache, string name) => new MonitoredHybridCache(cache, new CacheLookups(name, catalog.Families));
}
