using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Cache;

/// <summary>Caches of the host: what counts itself is read, and around the others look-ups are counted.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly TestHost _host = new(add: services =>
    {
        services.AddMemoryCache();
        services.AddDistributedMemoryCache();
        services.AddMcpCacheMonitoring("redis");
    });

    private IMcpDependencies Dependencies => _host.Services.GetRequiredService<IMcpDependencies>();

    private IDistributedCache Distributed => _host.Services.GetRequiredService<IDistributedCache>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Memory_cache_of_the_host_is_read_without_a_line()
    {
        await _host.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "MemoryCacheWatch").StartAsync(Token);
        IMemoryCache cache = _host.Services.GetRequiredService<IMemoryCache>();
        cache.Set("a", 1);
        cache.Set("b", 1);
        cache.TryGetValue("a", out _);
        cache.TryGetValue("a", out _);
        cache.TryGetValue("c", out _);

        Assert.Equal((2, 1), Lookups("memory"));
        Assert.Equal(2, _host.Sample("mcp_cache_entries", ("cache", "memory")));
    }

    [Fact]
    public async Task Each_way_to_look_something_up_is_a_hit_or_a_miss()
    {
        var options = new DistributedCacheEntryOptions();
        Assert.Null(Distributed.Get("a"));
        Assert.Null(await Distributed.GetAsync("a", Token));
        Distributed.Set("a", [1], options);
        await Distributed.SetAsync("b", [2], options, Token);
        Assert.Equal([1], Distributed.Get("a"));
        Assert.Equal([2], await Distributed.GetAsync("b", Token));
        Distributed.Refresh("a");
        await Distributed.RefreshAsync("a", Token);
        Distributed.Remove("a");
        await Distributed.RemoveAsync("b", Token);
        Assert.Null(Distributed.Get("a"));

        Assert.Equal((2, 3), Lookups("redis"));
        Assert.Equal((5, 2, 2, 2), (Calls("get", "success"), Calls("set", "success"), Calls("refresh", "success"), Calls("remove", "success")));
        Assert.True(double.IsNaN(_host.Sample("mcp_cache_entries", ("cache", "redis"))));
    }

    [Fact]
    public async Task Cache_that_takes_buffers_still_does()
    {
        IBufferDistributedCache cache = Assert.IsType<IBufferDistributedCache>(new BufferCache().WithMcpMonitoring("redis", Dependencies), exactMatch: false);
        var options = new DistributedCacheEntryOptions();
        var destination = new ArrayBufferWriter<byte>();

        Assert.False(cache.TryGet("a", destination));
        cache.Set("a", new ReadOnlySequence<byte>([7]), options);
        Assert.True(cache.TryGet("a", destination));
        await cache.SetAsync("b", new ReadOnlySequence<byte>([8]), options, Token);
        Assert.True(await cache.TryGetAsync("b", destination, Token));

        Assert.Equal([7, 8], destination.WrittenSpan.ToArray());
        Assert.Equal((2, 1), Lookups("redis"));
        Assert.IsNotType<IBufferDistributedCache>(Distributed, exactMatch: false);
    }

    [Fact]
    public async Task Cache_that_fails_is_a_dependency_that_fails_and_its_look_up_neither_hit_nor_miss()
    {
        IDistributedCache cache = new BufferCache { Failure = new TimeoutException("redis") }.WithMcpMonitoring("redis", Dependencies);

        await Assert.ThrowsAsync<TimeoutException>(() => _host.Monitor.RunAsync(
            OperationType.Tools, "get_order", async token => await cache.GetAsync("a", token), CancellationToken.None).AsTask());

        Assert.Equal((0, 0), Lookups("redis"));
        Assert.Equal(1, Calls("get", "timeout"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", "get_order"), ("dependency", "redis")));
    }

    [Fact]
    public async Task Hybrid_cache_misses_where_a_value_had_to_be_made()
    {
        HybridCache cache = new RememberingCache().WithMcpMonitoring("prices", Dependencies);

        Assert.Equal(1, await cache.GetOrCreateAsync("a", static _ => ValueTask.FromResult(1), cancellationToken: Token));
        Assert.Equal(1, await cache.GetOrCreateAsync("a", static _ => ValueTask.FromResult(2), cancellationToken: Token));
        await cache.SetAsync("b", 3, cancellationToken: Token);
        Assert.Equal(3, await cache.GetOrCreateAsync("b", 9, static (state, _) => ValueTask.FromResult(state), cancellationToken: Token));
        await cache.RemoveAsync("b", Token);
        await Assert.ThrowsAsync<TimeoutException>(() => cache.GetOrCreateAsync<int>("b", static _ => throw new TimeoutException(), cancellationToken: Token).AsTask());

        Assert.Equal((2, 1), Lookups("prices"));
    }

    [Fact]
    public async Task Look_up_in_a_hybrid_cache_is_counted_once_though_the_distributed_one_behind_it_is_asked_too()
    {
        using var host = new TestHost(add: services => services
            .AddDistributedMemoryCache()
            .AddSingleton<HybridCache>(static provider => new AskingCache(provider.GetRequiredService<IDistributedCache>()))
            .AddMcpCacheMonitoring("redis"));

        Assert.Equal(1, await host.Services.GetRequiredService<HybridCache>().GetOrCreateAsync("a", static _ => ValueTask.FromResult(1), cancellationToken: Token));

        Assert.Equal(1, host.Sum("mcp_cache_requests_total", ("cache", "redis")));
        Assert.Equal(1, host.Sample("mcp_integration_call_duration_seconds_count", ("dependency", "redis"), ("call", "get"), ("outcome", "success")));
    }

    [Fact]
    public async Task Caches_that_are_named_one_after_the_other_are_told_apart_and_none_is_wrapped_twice()
    {
        using var host = new TestHost(add: services =>
        {
            services.AddKeyedSingleton("unrelated", new object());
            services.AddDistributedMemoryCache().AddMcpCacheMonitoring("redis");
            services.AddSingleton<HybridCache>(static provider => new AskingCache(provider.GetRequiredService<IDistributedCache>())).AddMcpCacheMonitoring("prices");
            services.AddMcpCacheMonitoring("again");
        });

        await host.Services.GetRequiredService<HybridCache>().GetOrCreateAsync("a", static _ => ValueTask.FromResult(1), cancellationToken: Token);

        Assert.Equal(1, host.Sum("mcp_cache_requests_total", ("cache", "redis")));
        Assert.Equal(1, host.Sum("mcp_cache_requests_total", ("cache", "prices")));
        Assert.Equal(2, host.Sum("mcp_cache_requests_total"));
        Assert.Equal(1, host.Sum("mcp_integration_call_duration_seconds_count"));
    }

    [Fact]
    public void Cache_that_counts_itself_never_falls_and_may_fail()
    {
        McpCacheStatistics? statistics = new(5, 3, 7);
        bool isBroken = false;
        Dependencies.RegisterCache("own", () => isBroken ? throw new InvalidOperationException("gone") : statistics);

        Assert.Equal((5, 3), Lookups("own"));
        statistics = null;
        Assert.Equal((5, 3), Lookups("own"));
        isBroken = true;
        Assert.Equal((5, 3), Lookups("own"));
        Assert.True(double.IsNaN(_host.Sample("mcp_cache_entries", ("cache", "own"))));
        isBroken = false;
        statistics = new McpCacheStatistics(6, 3);

        Assert.Equal((6, 3), Lookups("own"));
    }

    [Fact]
    public void Nothing_to_monitor_is_said_in_words()
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddMcpCacheMonitoring("redis"));

        Assert.Contains("AddStackExchangeRedisCache", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_of_the_host_is_gone_with_the_host()
    {
        var cache = new BufferCache();
        using (var host = new TestHost(add: services => services.AddSingleton<IDistributedCache>(_ => cache).AddMcpCacheMonitoring("redis")))
        {
            host.Services.GetRequiredService<IDistributedCache>().Get("a");
        }

        Assert.True(cache.IsDisposed);
    }

    private (double Hits, double Misses) Lookups(string cache) =>
        (_host.Sample("mcp_cache_requests_total", ("cache", cache), ("result", "hit")), _host.Sample("mcp_cache_requests_total", ("cache", cache), ("result", "miss")));

    private double Calls(string call, string outcome) =>
        _host.Sample("mcp_integration_call_duration_seconds_count", ("dependency", "redis"), ("call", call), ("outcome", outcome));

    private sealed class BufferCache : IBufferDistributedCache, IDisposable
    {
        private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);

        public Exception? Failure { get; init; }

        public bool IsDisposed { get; private set; }

        public byte[]? Get(string key) => Failure is null ? _values.GetValueOrDefault(key) : throw Failure;

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Failure is null ? Task.FromResult(Get(key)) : Task.FromException<byte[]?>(Failure);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _values[key] = value;

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Set(key, value, options);
            return Task.CompletedTask;
        }

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public void Remove(string key) => _values.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            Remove(key);
            return Task.CompletedTask;
        }

        public bool TryGet(string key, IBufferWriter<byte> destination)
        {
            if (Get(key) is not { } value)
            {
                return false;
            }

            destination.Write(value);
            return true;
        }

        public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) => ValueTask.FromResult(TryGet(key, destination));

        public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => _values[key] = value.ToArray();

        public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Set(key, value, options);
            return ValueTask.CompletedTask;
        }

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>Asks the distributed cache first, as the hybrid cache of the framework does.</summary>
    private sealed class AskingCache(IDistributedCache distributed) : RememberingCache
    {
        public override async ValueTask<T> GetOrCreateAsync<TState, T>(
            string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
        {
            await distributed.GetAsync(key, cancellationToken);
            return await base.GetOrCreateAsync(key, state, factory, options, tags, cancellationToken);
        }
    }

    private class RememberingCache : HybridCache
    {
        private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

        public override async ValueTask<T> GetOrCreateAsync<TState, T>(
            string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
        {
            if (!_values.TryGetValue(key, out object? known))
            {
                _values[key] = known = await factory(state, cancellationToken);
            }

            return (T)known!;
        }

        public override ValueTask SetAsync<T>(string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
        {
            _values[key] = value;
            return ValueTask.CompletedTask;
        }

        public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
        {
            _values.Remove(key);
            return ValueTask.CompletedTask;
        }

        public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
