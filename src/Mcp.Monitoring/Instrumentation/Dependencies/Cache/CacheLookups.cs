using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Cache;

/// <summary>The look-ups in a cache around which we are.</summary>
internal sealed class CacheLookups(string cache, DependencyFamilies families)
{
    public const string Hit = "hit", Miss = "miss";

    private readonly Counter _hits = families.CacheRequests.With(cache, Hit), _misses = families.CacheRequests.With(cache, Miss);

    public void Count(bool isHit) => (isHit ? _hits : _misses).Increment();
}
