using Microsoft.Extensions.Caching.Hybrid;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Cache;

/// <summary>A hybrid cache whose look-ups are counted: one is a miss if its value had to be made. What others made in the meantime is a hit.</summary>
internal sealed class MonitoredHybridCache(HybridCache inner, CacheLookups lookups) : HybridCache
{
    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        var lookup = new Lookup<TState, T>(state, factory);
        T value = await inner.GetOrCreateAsync(key, lookup, static (made, token) => made.MakeAsync(token), options, tags, cancellationToken).ConfigureAwait(false);
        lookups.Count(!lookup.IsMade);
        return value;
    }

    public override ValueTask SetAsync<T>(string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        inner.SetAsync(key, value, options, tags, cancellationToken);

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) => inner.RemoveAsync(key, cancellationToken);

    public override ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) => inner.RemoveAsync(keys, cancellationToken);

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => inner.RemoveByTagAsync(tag, cancellationToken);

    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default) => inner.RemoveByTagAsync(tags, cancellationToken);

    private sealed class Lookup<TState, T>(TState state, Func<TState, CancellationToken, ValueTask<T>> factory)
    {
        public bool IsMade { get; private set; }

        public ValueTask<T> MakeAsync(CancellationToken cancellationToken)
        {
            IsMade = true;
            return factory(state, cancellationToken);
        }
    }
}
