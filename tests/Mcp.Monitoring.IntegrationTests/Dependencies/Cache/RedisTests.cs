using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Cache;

/// <summary>A cache in a real Redis, and what is seen of it when the network between fails; counts equal what was done, to the unit.</summary>
[Collection(nameof(Databases))]
public sealed class RedisTests(RedisServer redis) : IAsyncLifetime
{
    private const int Calls = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private FaultProxy _proxy = null!;
    private MonitoredApp _app = null!;
    private ConnectionMultiplexer? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDistributedCache Cache => _app.Services.GetRequiredService<IDistributedCache>();

    public async ValueTask InitializeAsync()
    {
        await redis.StartAsync();
        _proxy = new FaultProxy(redis.Port);
        _app = await MonitoredApp.StartAsync(services => services
            .AddStackExchangeRedisCache(options =>
            {
                options.InstanceName = $"{Guid.NewGuid():N}:";
                options.ConnectionMultiplexerFactory = async () => _client = await ConnectionMultiplexer.ConnectAsync(Options());
            })
            .AddMcpCacheMonitoring("redis"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            await _proxy.DisposeAsync();
        }
    }

    [Fact]
    public async Task Hits_and_misses_are_those_of_the_server_and_each_call_is_measured()
    {
        byte[] value = [1, 2, 3];

        Assert.Null(await Cache.GetAsync("a", Token));
        Assert.Null(Cache.Get("a"));
        await Cache.SetAsync("a", value, new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1) }, Token);
        Cache.Set("b", value, new DistributedCacheEntryOptions());
        Assert.Equal(value, await Cache.GetAsync("a", Token));
        Assert.Equal(value, Cache.Get("b"));
        Assert.Equal(value, Cache.Get("a"));
        await Cache.RefreshAsync("a", Token);
        await Cache.RemoveAsync("a", Token);
        Cache.Remove("b");
        Assert.Null(await Cache.GetAsync("a", Token));

        MetricsPage page = await _app.PageAsync();
        Assert.Equal(3, page.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "hit")));
        Assert.Equal(3, page.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "miss")));
        Assert.Equal(6, Counted(page, "get", "success"));
        Assert.Equal(2, Counted(page, "set", "success"));
        Assert.Equal(1, Counted(page, "refresh", "success"));
        Assert.Equal(2, Counted(page, "remove", "success"));
        Assert.Equal(1, page.Sum("mcp_dependency_up", ("dependency", "redis")));
    }

    [Fact]
    public async Task Cache_that_takes_buffers_still_does_and_is_measured()
    {
        var buffered = Assert.IsType<IBufferDistributedCache>(Cache, exactMatch: false);
        var taken = new System.Buffers.ArrayBufferWriter<byte>();

        Assert.False(await buffered.TryGetAsync("a", taken, Token));
        await buffered.SetAsync("a", new System.Buffers.ReadOnlySequence<byte>([7]), new DistributedCacheEntryOptions(), Token);
        Assert.True(await buffered.TryGetAsync("a", taken, Token));

        Assert.Equal(7, Assert.Single(taken.WrittenSpan.ToArray()));
        MetricsPage page = await _app.PageAsync();
        Assert.Equal(1, page.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "hit")));
        Assert.Equal(1, page.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "miss")));
    }

    [Fact]
    public async Task Hybrid_cache_over_it_finds_what_another_process_has_put_there()
    {
        string name = $"{Guid.NewGuid():N}:";
        await using MonitoredApp first = await HybridAsync(name), second = await HybridAsync(name);
        static ValueTask<string> MakeAsync(CancellationToken token) => ValueTask.FromResult("made");

        await first.Services.GetRequiredService<HybridCache>().GetOrCreateAsync("a", MakeAsync, cancellationToken: Token);
        await first.Services.GetRequiredService<HybridCache>().GetOrCreateAsync("a", MakeAsync, cancellationToken: Token);
        // It hands the value out before it has put it there.
        MetricsPage made = await Eventually.GetAsync(first.PageAsync, static page => Counted(page, "set", "success") == 1, Limit);
        await second.Services.GetRequiredService<HybridCache>().GetOrCreateAsync("a", MakeAsync, cancellationToken: Token);

        MetricsPage found = await second.PageAsync();
        Assert.Equal(1, made.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "miss")));
        Assert.Equal(1, made.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "hit")));
        Assert.Equal(1, Counted(made, "set", "success"));
        Assert.Equal(0, found.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "miss")));
        Assert.Equal(1, found.Sum("mcp_cache_requests_total", ("cache", "redis"), ("result", "hit")));
        Assert.Equal(0, Counted(found, "set", "success"));
        Assert.InRange(Counted(found, "get", "success"), 1, double.PositiveInfinity);
    }

    [Theory]
    [InlineData("refused", "error", "integration")]
    [InlineData("cut", "error", "integration")]
    [InlineData("silent", "timeout", "timeout")]
    public async Task Server_that_is_gone_or_silent_is_an_error_of_the_cache_and_no_miss(string fault, string outcome, string errorType)
    {
        Assert.Null(await Cache.GetAsync("a", Token));
        for (int i = 0; i < Calls; i++)
        {
            await BreakAsync(fault);
            Assert.NotNull(await _app.CallAsync(token => Cache.GetAsync("a", token)));
        }

        MetricsPage page = await _app.PageAsync();
        Assert.Equal(Calls, Counted(page, "get", outcome));
        Assert.Equal(1, page.Sum("mcp_cache_requests_total", ("cache", "redis")));
        Assert.Equal(Calls, page.Sum("mcp_errors_total", ("operation", MonitoredApp.Tool), ("error_type", errorType), ("dependency", "redis")));
        Assert.Equal(0, page.Sum("mcp_dependency_up", ("dependency", "redis")));

        _proxy.Pass();
        Assert.Null(await Eventually.GetAsync(() => _app.CallAsync(token => Cache.GetAsync("a", token)), static failure => failure is null, Limit));
        Assert.Equal(1, (await _app.PageAsync()).Sum("mcp_dependency_up", ("dependency", "redis")));
    }

    [Fact]
    public async Task Commands_of_the_client_itself_are_measured_where_they_are_called()
    {
        await using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(Options());
        IDatabase database = client.GetDatabase();
        IMcpIntegration integration = _app.Dependencies.Integration("redis");
        string key = $"{Guid.NewGuid():N}";

        Assert.True(await integration.RunAsync("set", _ => new ValueTask<bool>(database.StringSetAsync(key, "x")), Token));
        Assert.Equal("x", await integration.RunAsync("get", _ => new ValueTask<RedisValue>(database.StringGetAsync(key)), Token));
        Assert.IsType<RedisServerException>(await _app.CallAsync(token => integration.RunAsync("push", _ => new ValueTask<long>(database.ListRightPushAsync(key, "y")), token).AsTask()));
        _proxy.Swallow();
        Assert.IsType<RedisTimeoutException>(await _app.CallAsync(token => integration.RunAsync("get", _ => new ValueTask<RedisValue>(database.StringGetAsync(key)), token).AsTask()));

        MetricsPage page = await _app.PageAsync();
        Assert.Equal(1, Counted(page, "set", "success"));
        Assert.Equal(1, Counted(page, "get", "success"));
        Assert.Equal(1, Counted(page, "push", "error"));
        Assert.Equal(1, Counted(page, "get", "timeout"));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("error_type", "integration"), ("dependency", "redis")));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("error_type", "timeout"), ("dependency", "redis")));
    }

    private async Task BreakAsync(string fault)
    {
        switch (fault)
        {
            case "refused":
                _proxy.Refuse();
                break;
            case "silent":
                _proxy.Swallow();
                break;
            case "cut":
                // What is to be cut off must have been let out.
                _proxy.Pass();
                Assert.True(await Eventually.GetAsync(() => Task.FromResult(_client!.IsConnected), static isConnected => isConnected, Limit));
                _proxy.Cut();
                break;
        }
    }

    private Task<MonitoredApp> HybridAsync(string name) => MonitoredApp.StartAsync(services =>
    {
        services.AddStackExchangeRedisCache(options =>
        {
            options.InstanceName = name;
            options.ConfigurationOptions = Options();
        });
        services.AddHybridCache();
        services.AddMcpCacheMonitoring("redis");
    });

    private static double Counted(MetricsPage page, string call, string outcome) =>
        page.Count("mcp_integration_call_duration_seconds", ("dependency", "redis"), ("call", call), ("outcome", outcome));

    private ConfigurationOptions Options() => new()
    {
        EndPoints = { { "127.0.0.1", _proxy.Port } },
        ConnectTimeout = 2_000,
        AsyncTimeout = 500,
        SyncTimeout = 500,
        AbortOnConnectFail = false,
        BacklogPolicy = BacklogPolicy.FailFast,
        ReconnectRetryPolicy = new LinearRetry(100),
        // Heartbeats of its own, beside the calls that are counted.
        KeepAlive = 60,
    };
}
