using System.Net;
using Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Resilience;

/// <summary>The ready circuit breaker as a host uses it.</summary>
public sealed class CircuitBreakerTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    private readonly TestHost _host;
    private Func<Task<HttpResponseMessage>> _answer = static () => Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
    private int _asked;

    public CircuitBreakerTests() => _host = new TestHost(add: services =>
    {
        services.AddMcpCircuitBreaker("orders");
        services.AddHttpClient("1c", client => client.BaseAddress = new Uri("http://1c/"))
            .ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler((_, _) =>
            {
                _asked++;
                return _answer();
            }))
            .AddMcpMonitoring("1c")
            .AddMcpCircuitBreaker("1c");
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResiliencePipeline Orders => _host.Services.GetRequiredKeyedService<ResiliencePipeline>("orders");

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Five_failures_in_a_row_open_it_and_three_successes_close_it_to_the_unit()
    {
        for (int i = 0; i < 5; i++)
        {
            (await GetAsync()).Dispose();
        }

        for (int i = 0; i < 7; i++)
        {
            BrokenCircuitException rejected = await Assert.ThrowsAsync<BrokenCircuitException>(GetAsync);
            Assert.Equal(Pause, rejected.RetryAfter);
            Assert.Contains("'1c'", rejected.Message, StringComparison.Ordinal);
        }

        Assert.Equal(5, _asked);
        Assert.Equal(7, Rejected("1c"));
        Assert.Equal((5, 7), (Calls("error"), Calls("rejected")));
        Assert.Equal(1, State("1c", "open"));
        _host.Clock.Advance(Pause);
        _answer = static () => Task.FromResult(new HttpResponseMessage());
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, State("1c", "closed"));
            (await GetAsync()).Dispose();
        }

        Assert.Equal(1, State("1c", "closed"));
        Assert.Equal(3, Calls("success"));
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.OK, false)]
    public async Task Answers_that_may_pass_by_themselves_count_against_it(HttpStatusCode status, bool opens)
    {
        _answer = () => Task.FromResult(new HttpResponseMessage(status));
        for (int i = 0; i < 5; i++)
        {
            (await GetAsync()).Dispose();
        }

        Assert.Equal(opens ? 1 : 0, State("1c", "open"));
    }

    [Fact]
    public async Task Tool_that_fails_by_it_says_so_by_its_error_type_and_dependency()
    {
        for (int i = 0; i < 5; i++)
        {
            (await GetAsync()).Dispose();
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(() => _host.Monitor.RunAsync(
            OperationType.Tools, "get_order", async _ => (await GetAsync()).Dispose(), CancellationToken.None).AsTask());

        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "circuit_breaker"), ("operation", "get_order"), ("dependency", "1c")));
    }

    [Fact]
    public async Task Pipeline_counts_what_it_rejects_without_a_client_and_each_once()
    {
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<TimeoutException>(async () => await Orders.ExecuteAsync(static _ => throw new TimeoutException(), Token));
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(async () => await Orders.ExecuteAsync(static _ => ValueTask.CompletedTask, Token));
        IMcpIntegration integration = _host.Services.GetRequiredService<IMcpDependencies>().Integration("orders");
        await Assert.ThrowsAsync<BrokenCircuitException>(() => integration.RunAsync("select", token => Orders.ExecuteAsync(static _ => ValueTask.CompletedTask, token), CancellationToken.None).AsTask());

        Assert.Equal(2, Rejected("orders"));
    }

    [Fact]
    public async Task Caller_who_leaves_is_no_failure()
    {
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();
        for (int i = 0; i < 9; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Orders.ExecuteAsync(
                static token => ValueTask.FromCanceled(token), caller.Token));
        }

        await Orders.ExecuteAsync(static _ => ValueTask.CompletedTask, Token);
        Assert.Equal(0, State("orders", "open"));
    }

    [Fact]
    public void One_name_is_one_breaker_and_synchronous_calls_go_through_it()
    {
        Assert.Same(Orders, Orders);
        for (int i = 0; i < 5; i++)
        {
            Assert.Throws<TimeoutException>(() => Orders.Execute(static () => throw new TimeoutException()));
        }

        Assert.Throws<BrokenCircuitException>(() => Orders.Execute(static () => { }));
    }

    private Task<HttpResponseMessage> GetAsync() => _host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("1c").GetAsync("orders/7");

    private double State(string dependency, string state) => _host.Sample("mcp_circuit_breaker_state", ("dependency", dependency), ("state", state));

    private double Rejected(string dependency) => _host.Sample("mcp_circuit_breaker_rejected_total", ("dependency", dependency));

    private double Calls(string outcome) => _host.Sample("mcp_integration_call_duration_seconds_count", ("dependency", "1c"), ("call", "GET"), ("outcome", outcome));
}
