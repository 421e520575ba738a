using System.Data.Common;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Database;

/// <summary>A network between a tool and a real PostgreSQL that fails in each way; counts equal what was done, to the unit.</summary>
[Collection(nameof(Databases))]
public sealed class FaultyDatabaseTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Calls = 3;

    private FaultProxy _proxy = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await postgres.StartAsync();
        _proxy = new FaultProxy(postgres.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    [Fact]
    public async Task Answers_that_come_late_are_successes_that_took_as_long()
    {
        await using MonitoredApp app = await MonitoredApp.StartAsync();
        await using DbDataSource source = Source(app);
        await using DbConnection connection = await source.OpenConnectionAsync(Token);
        _proxy.Delay();

        for (int i = 0; i < Calls; i++)
        {
            Assert.Null(await app.CallAsync(_ => AskAsync(connection)));
        }

        double least = Calls * FaultProxy.Latency.TotalSeconds;
        MetricsPage page = await app.PageAsync();
        Assert.Equal(Calls, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders"), ("statement", "select"), ("outcome", "success")));
        Assert.InRange(Sum(page, "mcp_db_query_duration_seconds_sum"), least, double.PositiveInfinity);
        Assert.InRange(Sum(page, "mcp_operation_dependency_seconds_total"), least, double.PositiveInfinity);
        Assert.Equal(0, page.Sum("mcp_db_connection_errors_total", ("dependency", "orders")));
        Assert.Equal(1, page.Sum("mcp_dependency_up", ("dependency", "orders")));
    }

    [Theory]
    [InlineData(true, "error", "integration")]
    [InlineData(false, "timeout", "timeout")]
    public async Task Query_whose_answer_breaks_off_or_never_comes_has_failed_and_its_connection_is_gone(bool isCut, string outcome, string errorType)
    {
        await using MonitoredApp app = await MonitoredApp.StartAsync();
        await using DbDataSource source = Source(app);

        for (int i = 0; i < Calls; i++)
        {
            _proxy.Pass();
            await using DbConnection connection = await source.OpenConnectionAsync(Token);
            Break(isCut);
            Assert.IsType<NpgsqlException>(await app.CallAsync(_ => AskAsync(connection)), exactMatch: false);
        }

        MetricsPage page = await app.PageAsync();
        Assert.Equal(isCut ? Calls : 0, _proxy.Cuts);
        Assert.Equal(Calls, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders"), ("statement", "select"), ("outcome", outcome)));
        Assert.Equal(Calls, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders")));
        AssertErrors(page, errorType, Calls);
        Assert.Equal(0, page.Sum("mcp_db_connection_errors_total", ("dependency", "orders")));
        Assert.Equal(0, page.Sum("mcp_db_connections", ("dependency", "orders")));
        Assert.Equal(0, page.Sum("mcp_dependency_up", ("dependency", "orders")));
    }

    [Theory]
    [InlineData("refused", "integration")]
    [InlineData("cut", "integration")]
    [InlineData("silent", "timeout")]
    public async Task Connection_that_cannot_be_made_is_an_error_of_the_database_and_no_query(string fault, string errorType)
    {
        await using MonitoredApp app = await MonitoredApp.StartAsync();
        await using DbDataSource source = Source(app);
        if (fault == "refused")
        {
            _proxy.Refuse();
        }
        else
        {
            Break(fault == "cut");
        }

        for (int i = 0; i < Calls; i++)
        {
            Assert.NotNull(await app.CallAsync(async token =>
            {
                await using DbConnection connection = await source.OpenConnectionAsync(token);
                await AskAsync(connection);
            }));
        }

        MetricsPage page = await app.PageAsync();
        Assert.Equal(Calls, page.Sum("mcp_db_connection_errors_total", ("dependency", "orders")));
        Assert.Equal(0, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders")));
        AssertErrors(page, errorType, Calls);
        Assert.Equal(0, page.Sum("mcp_db_connections", ("dependency", "orders"), ("state", "open")));
        Assert.Equal(0, page.Sum("mcp_dependency_up", ("dependency", "orders")));
    }

    [Fact]
    public async Task Retries_and_the_breaker_count_what_went_out_and_what_did_not()
    {
        var clock = new FakeTimeProvider();
        await using MonitoredApp app = await MonitoredApp.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddMcpCircuitBreaker("orders");
            services.AddResiliencePipeline("orders", static builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.Zero }));
        });
        await using DbDataSource source = Source(app);
        ResiliencePipeline retry = app.Services.GetRequiredService<ResiliencePipelineProvider<string>>().GetPipeline("orders");
        ResiliencePipeline breaker = app.Services.GetRequiredKeyedService<ResiliencePipeline>("orders");
        Task<Exception?> CallAsync() => app.CallAsync(async token => await retry.ExecuteAsync(
            async retried => await breaker.ExecuteAsync(
                async let =>
                {
                    await using DbConnection connection = await source.OpenConnectionAsync(let);
                    await AskAsync(connection);
                },
                retried),
            token));

        _proxy.Refuse();
        // Three tries of the first call fail and two of the second, by which the breaker opens; it rejects the third of it, and all of the third call.
        Assert.IsType<NpgsqlException>(await CallAsync(), exactMatch: false);
        Assert.IsType<BrokenCircuitException>(await CallAsync(), exactMatch: false);
        Assert.IsType<BrokenCircuitException>(await CallAsync(), exactMatch: false);

        MetricsPage page = await app.PageAsync();
        Assert.Equal(5, page.Sum("mcp_db_connection_errors_total", ("dependency", "orders")));
        Assert.Equal(4, page.Sum("mcp_circuit_breaker_rejected_total", ("dependency", "orders")));
        Assert.Equal(1, page.Sum("mcp_circuit_breaker_state", ("dependency", "orders"), ("state", "open")));
        Assert.Equal(6, page.Sum("mcp_retry_attempts_total", ("dependency", "orders"), ("outcome", "failure")));
        Assert.Equal(3, page.Sum("mcp_retry_exhausted_total", ("dependency", "orders")));
        Assert.Equal(1, page.Sum("mcp_errors_total", ("error_type", "integration"), ("dependency", "orders")));
        Assert.Equal(2, page.Sum("mcp_errors_total", ("error_type", "circuit_breaker"), ("dependency", "orders")));

        _proxy.Pass();
        clock.Advance(TimeSpan.FromSeconds(60));
        for (int i = 0; i < Calls; i++)
        {
            Assert.Null(await CallAsync());
        }

        page = await app.PageAsync();
        Assert.Equal(Calls, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders"), ("outcome", "success")));
        Assert.Equal(1, page.Sum("mcp_circuit_breaker_state", ("dependency", "orders"), ("state", "closed")));
        Assert.All(
            ["open", "half_open", "closed"],
            state => Assert.Equal(1, page.Sum("mcp_circuit_breaker_transitions_total", ("dependency", "orders"), ("to", state))));
        Assert.Equal(4, page.Sum("mcp_circuit_breaker_rejected_total", ("dependency", "orders")));
        Assert.Equal(6, page.Sum("mcp_retry_attempts_total", ("dependency", "orders")));
        Assert.Equal(3, page.Sum("mcp_errors_total", ("dependency", "orders")));
        Assert.Equal(1, page.Sum("mcp_dependency_up", ("dependency", "orders")));
    }

    private static async Task AskAsync(DbConnection connection)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        await command.ExecuteScalarAsync(Token);
    }

    private static double Sum(MetricsPage page, string series) => page.Text.Split('\n')
        .Where(line => line.StartsWith(series + "{", StringComparison.Ordinal) && line.Contains("dependency=\"orders\"", StringComparison.Ordinal))
        .Sum(static line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), System.Globalization.CultureInfo.InvariantCulture));

    private static void AssertErrors(MetricsPage page, string errorType, int count)
    {
        Assert.Equal(count, page.Sum("mcp_errors_total", ("operation", MonitoredApp.Tool), ("outcome", "server_error")));
        Assert.Equal(count, page.Sum("mcp_errors_total", ("operation", MonitoredApp.Tool), ("error_type", errorType), ("dependency", "orders")));
    }

    private void Break(bool isCut)
    {
        if (isCut)
        {
            _proxy.Cut();
        }
        else
        {
            _proxy.Swallow();
        }
    }

    // Seconds are the least that Npgsql knows. It need not ask the server to cancel what has run into the limit: the server is out of reach.
    private DbDataSource Source(MonitoredApp app) => NpgsqlDataSource.Create(
        postgres.ConnectionString.Replace($"Port={postgres.Port}", $"Port={_proxy.Port}", StringComparison.Ordinal) + ";Timeout=1;Command Timeout=1;Cancellation Timeout=-1;SSL Mode=Disable;GSS Encryption Mode=Disable")
        .WithMcpMonitoring("orders", app.Dependencies);
}
