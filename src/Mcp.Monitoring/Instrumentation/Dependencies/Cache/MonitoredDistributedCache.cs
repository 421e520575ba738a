using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Cache;

/// <summary>A distributed cache whose look-ups are counted, unless a hybrid cache counts them, and whose calls are those of a dependency.</summary>
internal class MonitoredDistributedCache(IDistributedCache inner, Dependency dependency, CacheLookups? lookups) : IDistributedCache, IDisposable, IAsyncDisposable
{
    private readonly DependencyCall _get = dependency.Call("get"), _set = dependency.Call("set"), _refresh = dependency.Call("refresh"), _remove = dependency.Call("remove");

    /// <summary>Wraps a cache; one that takes buffers still does.</summary>
    public static IDistributedCache Of(IDistributedCache inner, Dependency dependency, CacheLookups? lookups) =>
        inner is IBufferDistributedCache buffered ? new Buffered(buffered, dependency, lookups) : new MonitoredDistributedCache(inner, dependency, lookups);

    public byte[]? Get(string key)
    {
        byte[]? value = _get.Run((inner, key), static call => call.inner.Get(call.key));
        lookups?.Count(value is not null);
        return value;
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        byte[]? value = await _get.RunAsync((inner, key), static (call, token) => call.inner.GetAsync(call.key, token), token).ConfigureAwait(false);
        lookups?.Count(value is not null);
        return value;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _set.Run((inner, key, value, options), static call =>
    {
        call.inner.Set(call.key, call.value, call.options);
        return true;
    });

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        _set.RunAsync((inner, key, value, options), static (call, token) => Done(call.inner.SetAsync(call.key, call.value, call.options, token)), token);

    public void Refresh(string key) => _refresh.Run((inner, key), static call =>
    {
        call.inner.Refresh(call.key);
        return true;
    });

    public Task RefreshAsync(string key, CancellationToken token = default) => _refresh.RunAsync((inner, key), static (call, token) => Done(call.inner.RefreshAsync(call.key, token)), token);

    public void Remove(string key) => _remove.Run((inner, key), static call =>
    {
        call.inner.Remove(call.key);
        return true;
    });

    public Task RemoveAsync(string key, CancellationToken token = default) => _remove.RunAsync((inner, key), static (call, token) => Done(call.inner.RemoveAsync(call.key, token)), token);

    public void Dispose()
    {
        (inner as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (inner as IDisposable)?.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private static async Task<bool> Done(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    private sealed class Buffered(IBufferDistributedCache inner, Dependency dependency, CacheLookups? lookups)
        : MonitoredDistributedCache(inner, dependency, lookups), IBufferDistributedCache
    {
        private readonly CacheLookups? _lookups = lookups;

        public bool TryGet(string key, IBufferWriter<byte> destination)
        {
            bool isHit = _get.Run((inner, key, destination), static call => call.inner.TryGet(call.key, call.destination));
            _lookups?.Count(isHit);
            return isHit;
        }

        public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
        {
            bool isHit = await _get.RunAsync(
                (inner, key, destination), static (call, token) => call.inner.TryGetAsync(call.key, call.destination, token).AsTask(), token).ConfigureAwait(false);
            _lookups?.Count(isHit);
            return isHit;
        }

        public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => _set.Run((inner, key, value, options), static call =>
        {
            call.inner.Set(call.key, call.value, call.options);
            return true;
        });

        public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            await _set.RunAsync((inner, key, value, options), static (call, token) => Done(call.inner.SetAsync(call.key, call.value, call.options, token).AsTask()), token).ConfigureAwait(false);
    }
}
