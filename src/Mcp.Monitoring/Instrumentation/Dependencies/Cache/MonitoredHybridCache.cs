using Microsoft.Extensions.Caching.Hybrid;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Cache;

/// <summary>A hybrid cache whose look-ups are counted: one is a miss if its value had to be made. What others made in the meantime is a hit.</summary>
internal sealed class MonitoredHybridCache(HybridCache inner, CacheLookups lookups) : HybridCache
{
    // A closure, since a state that wraps TState would nest without end for the compiler of native code, to which the inner cache may be one of these again.
    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        bool isMade = false;
        T value = await inner.GetOrCreateAsync(
            key,
            token =>
            {
                isMade = true;
                return factory(state, token);
            },
            options,
            tags,
            cancellationToken).ConfigureAwait(false);
        lookups.Count(!isMade);
        return value;
    }

    public override ValueTask SetAsync<T>(string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        inner.SetAsync(key, value, options, tags, cancellationToken);

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) => inner.RemoveAsync(key, cancellationToken);

    public override ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) => inner.RemoveAsync(keys, cancellationToken);

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => inner.RemoveByTagAsync(tag, cancellationToken);

    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default) => inner.RemoveByTagAsync(tags, cancellationToken);
}
