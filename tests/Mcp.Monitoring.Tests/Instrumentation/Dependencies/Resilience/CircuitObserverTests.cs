using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Resilience;

/// <summary>Circuit breakers of Polly's own, and of others.</summary>
public sealed class CircuitObserverTests : IDisposable
{
    private readonly TestHost _host = new();

    private ICircuitObserver Observer => _host.Services.GetRequiredService<ICircuitObserver>();

    public static TheoryData<CircuitState, string> States => new()
    {
        { CircuitState.Closed, "closed" }, { CircuitState.HalfOpen, "half_open" }, { CircuitState.Open, "open" }, { CircuitState.Isolated, "isolated" },
    };

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(States))]
    public void State_that_code_tells_is_the_only_one_that_is_1(CircuitState state, string label)
    {
        Observer.OnState("1c", CircuitState.Closed);
        Observer.OnState("1c", state);
        Observer.OnState("1c", state);

        Assert.Equal(1, State(label));
        Assert.Equal(1, _host.Sum("mcp_circuit_breaker_state", ("dependency", "1c")));
        Assert.Equal(state == CircuitState.Closed ? 0 : 1, _host.Sum("mcp_circuit_breaker_transitions_total", ("dependency", "1c")));
    }

    [Fact]
    public void Every_state_of_Polly_is_known_and_no_other()
    {
        Assert.All(Enum.GetValues<CircuitState>(), state => Observer.OnState("1c", state));
        Assert.Throws<ArgumentOutOfRangeException>(() => Observer.OnState("1c", (CircuitState)99));
        Assert.Throws<ArgumentException>(() => Observer.OnRejected(" "));
    }

    [Fact]
    public async Task Breaker_of_Polly_is_followed_through_its_states_and_calls_what_it_called_before()
    {
        List<string> own = [];
        var manual = new CircuitBreakerManualControl();
        CircuitBreakerStrategyOptions options = new CircuitBreakerStrategyOptions
        {
            MinimumThroughput = 2,
            FailureRatio = 1,
            BreakDuration = TimeSpan.FromSeconds(5),
            ManualControl = manual,
            OnOpened = _ => Note("opened"),
            OnHalfOpened = _ => Note("half-opened"),
            OnClosed = _ => Note("closed"),
        }.ObserveCircuit(Observer, "1c");
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = _host.Clock }.AddCircuitBreaker(options).Build();
        Assert.Equal(1, State("closed"));

        Fail(pipeline);
        Fail(pipeline);
        Assert.Equal(1, State("open"));
        IMcpIntegration integration = _host.Services.GetRequiredService<IMcpDependencies>().Integration("1c");
        await Assert.ThrowsAsync<BrokenCircuitException>(() => integration.RunAsync("get", token => pipeline.ExecuteAsync(static _ => ValueTask.CompletedTask, token), CancellationToken.None).AsTask());
        Assert.Equal(1, _host.Sample("mcp_circuit_breaker_rejected_total", ("dependency", "1c")));
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        pipeline.Execute(() => Assert.Equal(1, State("half_open")));
        Assert.Equal(1, State("closed"));
        await manual.IsolateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, State("isolated"));
        await manual.CloseAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, State("closed"));
        Assert.Equal(["opened", "half-opened", "closed", "opened", "closed"], own);

        ValueTask Note(string what)
        {
            own.Add(what);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public void Callback_of_the_host_that_throws_hides_no_state()
    {
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder().AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            MinimumThroughput = 2,
            FailureRatio = 1,
            OnOpened = _ => throw new InvalidOperationException("host"),
        }.ObserveCircuit(Observer, "1c")).Build();

        Fail(pipeline);
        Assert.ThrowsAny<Exception>(() => pipeline.Execute(static () => throw new TimeoutException()));

        Assert.Equal(1, State("open"));
    }

    private static void Fail(ResiliencePipeline pipeline) => Assert.Throws<TimeoutException>(() => pipeline.Execute(static () => throw new TimeoutException()));

    private double State(string state) => _host.Sample("mcp_circuit_breaker_state", ("dependency", "1c"), ("state", state));
}
