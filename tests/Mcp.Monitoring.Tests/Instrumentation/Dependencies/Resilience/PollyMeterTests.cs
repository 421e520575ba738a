using System.Net;
using Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Resilience;

/// <summary>Pipelines of Polly that the host has built as it likes, without a line about monitoring in them.</summary>
[Collection(nameof(Alone))]
public sealed class PollyMeterTests : IAsyncDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;

    private readonly Queue<HttpStatusCode> _answers = new();
    private readonly TestHost _host;
    private readonly IHostedService _meter;

    public PollyMeterTests()
    {
        _host = new TestHost(add: services =>
        {
            services.AddHttpClient("1c", client => client.BaseAddress = new Uri("http://1c/"))
                .ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler((_, _) => Task.FromResult(new HttpResponseMessage(_answers.Dequeue()))))
                .AddMcpMonitoring("1c-orders")
                .AddStandardResilienceHandler(options =>
                {
                    options.Retry.MaxRetryAttempts = 2;
                    options.Retry.Delay = AtOnce;
                    options.CircuitBreaker.MinimumThroughput = 100;
                });
            services.AddResiliencePipeline("mail", builder => builder
                .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1, Delay = AtOnce, ShouldHandle = new PredicateBuilder().Handle<TimeoutException>() }));
            services.AddResiliencePipeline("prices", builder =>
            {
                builder.TimeProvider = Clock;
                builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions { MinimumThroughput = 2, FailureRatio = 1, BreakDuration = TimeSpan.FromSeconds(5) });
            });
        });
        _meter = _host.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "PollyMeter");
        _meter.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public async ValueTask DisposeAsync()
    {
        await _meter.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    [Theory]
    [InlineData("200", 0, 0, 0)]
    [InlineData("503 200", 1, 0, 0)]
    [InlineData("503 503 200", 1, 1, 0)]
    [InlineData("503 503 503", 0, 2, 1)]
    [InlineData("404", 0, 0, 0)]
    public async Task Retries_of_the_standard_handler_are_counted_to_the_unit(string answers, int successes, int failures, int exhausted)
    {
        foreach (string answer in answers.Split(' '))
        {
            _answers.Enqueue(Enum.Parse<HttpStatusCode>(answer));
        }

        (await _host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("1c").GetAsync("orders/7", TestContext.Current.CancellationToken)).Dispose();

        Assert.Empty(_answers);
        Assert.Equal((successes, failures, exhausted), Retries("1c-orders"));
        Assert.Equal(1, _host.Sum("mcp_integration_call_duration_seconds_count", ("dependency", "1c-orders")));
    }

    [Fact]
    public void Retries_of_a_pipeline_are_counted_under_its_name()
    {
        ResiliencePipeline mail = Pipeline("mail");
        int calls = 0;

        mail.Execute(() => ++calls == 1 ? throw new TimeoutException() : calls);
        Assert.Throws<TimeoutException>(() => mail.Execute(static () => throw new TimeoutException()));
        calls = 0;
        Assert.Throws<InvalidOperationException>(() => mail.Execute(() => throw (++calls == 1 ? new TimeoutException() : new InvalidOperationException())));

        Assert.Equal((1, 2, 1), Retries("mail"));
    }

    [Fact]
    public void Breaker_of_a_pipeline_is_followed_through_its_states()
    {
        ResiliencePipeline prices = Pipeline("prices");
        for (int i = 0; i < 2; i++)
        {
            Assert.Throws<TimeoutException>(() => prices.Execute(static () => throw new TimeoutException()));
        }

        Assert.Equal(1, State("open"));
        Clock.Advance(TimeSpan.FromSeconds(5));
        prices.Execute(() => Assert.Equal(1, State("half_open")));

        Assert.Equal(1, State("closed"));
        Assert.Equal(3, _host.Sum("mcp_circuit_breaker_transitions_total", ("dependency", "prices")));
    }

    private ResiliencePipeline Pipeline(string name) => _host.Services.GetRequiredService<ResiliencePipelineProvider<string>>().GetPipeline(name);

    private (double Successes, double Failures, double Exhausted) Retries(string dependency) => (
        _host.Sum("mcp_retry_attempts_total", ("dependency", dependency), ("outcome", "success")),
        _host.Sum("mcp_retry_attempts_total", ("dependency", dependency), ("outcome", "failure")),
        _host.Sum("mcp_retry_exhausted_total", ("dependency", dependency)));

    private double State(string state) => _host.Sample("mcp_circuit_breaker_state", ("dependency", "prices"), ("state", state));
}
