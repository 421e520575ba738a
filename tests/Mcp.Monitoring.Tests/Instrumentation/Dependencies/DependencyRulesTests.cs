using System.Data.Common;
using System.Diagnostics.Metrics;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies;

/// <summary>Each rule of dependencies fires by what a dependency did, as it is measured, and not only by numbers of its metric.</summary>
[Collection(nameof(Alone))]
public sealed class DependencyRulesTests : IDisposable
{
    private const int MostStepsAtOnce = 1_000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestHost _host;
    private readonly AlertingRuntime _alerting;
    private TimeSpan _now;

    public DependencyRulesTests()
    {
        _host = new TestHost(
            options =>
            {
                options.Alerts.Storage.Path = ":memory:";
                options.Alerts.Channels.Log.Enabled = false;
                options.Alerts.Rules.Add(new AlertRuleOptions { Name = "McpCacheHitsLow", Enabled = true });
            },
            services => services.AddDistributedMemoryCache().AddMcpCacheMonitoring("prices").AddMcpCircuitBreaker("1c"));
        McpMonitoringOptions options = _host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
        _alerting = new AlertingRuntime(_host.Services, new AlertSetup(options.Alerts, options.Thresholds, "orders-mcp", HasServiceLabel: true, "1.0", "mcp"), Seams.Inline);
        _alerting.Begin();
        Pass(TimeSpan.FromMinutes(2));
    }

    private IMcpDependencies Dependencies => _host.Services.GetRequiredService<IMcpDependencies>();

    private IMcpIntegration OneC => Dependencies.Integration("1c");

    public void Dispose()
    {
        _alerting.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Calls_that_all_fail_are_a_dependency_that_is_down()
    {
        await FailAsync("get", 2);
        Pass(TimeSpan.FromMinutes(2));
        Assert.Empty(Firing);

        await FailAsync("get", 1);
        Pass(TimeSpan.FromMinutes(1));

        Assert.Contains("McpIntegrationDown dependency=1c", Firing, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Probe_that_fails_four_times_is_a_dependency_that_is_down_though_other_calls_get_through()
    {
        for (int i = 0; i < 4; i++)
        {
            Assert.Empty(Firing);
            await SucceedAsync(1);
            await FailAsync("probe", 1);
            Pass(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(["McpIntegrationDown dependency=1c"], Firing, StringComparer.Ordinal);

        await OneC.RunAsync("probe", static _ => ValueTask.CompletedTask, None);
        Pass(TimeSpan.FromMinutes(10));
        Assert.Empty(Firing);
    }

    [Fact]
    public async Task Some_calls_that_fail_are_errors_of_a_dependency()
    {
        await SucceedAsync(20);
        await FailAsync("get", 5);
        await SucceedAsync(1);
        Pass(TimeSpan.FromMinutes(3));

        Assert.Equal(["McpIntegrationErrors dependency=1c"], Firing, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Breaker_that_has_opened_is_told_and_one_that_a_person_opened_is_told_otherwise()
    {
        ResiliencePipeline breaker = _host.Services.GetRequiredKeyedService<ResiliencePipeline>("1c");
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => breaker.ExecuteAsync(static _ => throw new HttpRequestException("refused"), None).AsTask());
        }

        _host.Services.GetRequiredService<ICircuitObserver>().OnState("ldap", CircuitState.Isolated);
        Pass(TimeSpan.FromSeconds(90));

        Assert.Equal(["McpCircuitBreakerOpen dependency=1c", "McpCircuitIsolated dependency=ldap"], Firing, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Many_retries_and_those_that_were_given_up_are_told()
    {
        await SucceedAsync(60);
        for (int i = 0; i < 15; i++)
        {
            Dependencies.RecordRetry("1c", RetryResult.Failure);
        }

        for (int i = 0; i < 5; i++)
        {
            Dependencies.RecordRetry("1c", RetryResult.Exhausted);
        }

        Pass(TimeSpan.FromMinutes(3));

        Assert.Equal(["McpRetriesExhausted dependency=1c", "McpRetriesHigh dependency=1c"], Firing, StringComparer.Ordinal);
    }

    [Fact]
    public void Queries_that_fail_are_errors_of_a_database()
    {
        using DbConnection orders = new SqliteConnection("Data Source=:memory:").WithMcpMonitoring("orders", Dependencies);
        orders.Open();
        Run(orders, "SELECT 1");
        for (int i = 0; i < 5; i++)
        {
            Assert.Throws<SqliteException>(() => Run(orders, "SELECT * FROM nothing"));
        }

        Pass(TimeSpan.FromMinutes(3));

        Assert.Contains("McpDatabaseErrors dependency=orders", Firing, StringComparer.Ordinal);
    }

    [Fact]
    public void Queries_that_are_slow_are_told()
    {
        var provider = new SqliteConnection("Data Source=:memory:");
        using DbConnection orders = provider.WithMcpMonitoring("orders", Dependencies);
        orders.Open();
        provider.CreateFunction("late", () =>
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(0.7));
            return 1;
        });

        Pass(TimeSpan.FromMinutes(7), () => Run(orders, "SELECT late()"));

        Assert.Equal(["McpSlowQueries dependency=orders"], Firing, StringComparer.Ordinal);
    }

    [Fact]
    public void Callers_that_wait_for_a_connection_are_told()
    {
        using var meter = new Meter("Npgsql");
        using DbConnection orders = new Npgsql.PooledConnection("Data Source=:memory:").WithMcpMonitoring("orders", Dependencies);
        orders.Open();
        var pool = new KeyValuePair<string, object?>("db.client.connection.pool.name", "Data Source=:memory:");
        meter.CreateObservableUpDownCounter("db.client.connection.max", () => new Measurement<int>(1, pool));
        meter.CreateUpDownCounter<int>("db.client.connection.npgsql.pending_requests").Add(3, pool);

        Pass(TimeSpan.FromSeconds(90));

        Assert.Equal(["McpDbPoolExhausted dependency=orders"], Firing, StringComparer.Ordinal);
    }

    [Fact]
    public void Queue_that_is_nearly_full_and_one_that_only_grows_are_told()
    {
        long mails = 0;
        using IQueueMonitor full = Dependencies.RegisterQueue("calls", static () => 80, 100);
        using IQueueMonitor growing = Dependencies.RegisterQueue("mails", () => mails);

        Pass(TimeSpan.FromMinutes(12), () => mails += 5);

        Assert.Equal(["McpQueueGrowing queue=calls", "McpQueueGrowing queue=mails"], Firing, StringComparer.Ordinal);
    }

    [Fact]
    public void Cache_that_seldom_has_what_is_looked_for_is_told()
    {
        IDistributedCache cache = _host.Services.GetRequiredService<IDistributedCache>();
        cache.Set("there", [1], new DistributedCacheEntryOptions());
        Pass(TimeSpan.FromMinutes(3));
        for (int i = 0; i < 1_000; i++)
        {
            cache.Get(i % 5 == 0 ? "there" : "missing");
        }

        Pass(TimeSpan.FromMinutes(3));

        Assert.Equal(["McpCacheHitsLow cache=prices"], Firing, StringComparer.Ordinal);
    }

    private string[] Firing => [.. _alerting.Manager.List(state: AlertState.Firing).Select(Said).Order(StringComparer.Ordinal)];

    private static string Said(Alert alert) =>
        $"{alert.Name} {string.Join(' ', alert.Labels.Where(static label => label.Key is "dependency" or "queue" or "cache").Select(static label => $"{label.Key}={label.Value}"))}";

    private static void Run(DbConnection connection, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteScalar();
    }

    private async Task SucceedAsync(int times)
    {
        for (int i = 0; i < times; i++)
        {
            await OneC.RunAsync("get", static _ => ValueTask.CompletedTask, None);
        }
    }

    private async Task FailAsync(string call, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => OneC.RunAsync(call, static _ => throw new HttpRequestException("refused"), None).AsTask());
        }
    }

    private void Pass(TimeSpan time, Action? happens = null)
    {
        for (TimeSpan end = _now + time; _now < end; _now += Step)
        {
            happens?.Invoke();
            int steps = 0;
            while (_alerting.Engine.Step() <= TimeSpan.Zero)
            {
                Assert.True(++steps < MostStepsAtOnce, "The engine has no end.");
            }

            _host.Clock.Advance(Step);
        }
    }
}
