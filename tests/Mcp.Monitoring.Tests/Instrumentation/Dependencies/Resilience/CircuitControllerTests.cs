using Mcp.Monitoring.Instrumentation.Dependencies;
using Mcp.Monitoring.Instrumentation.Dependencies.Resilience;
using Microsoft.Extensions.DependencyInjection;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Resilience;

/// <summary>The states of the house's circuit breaker, in virtual time.</summary>
public sealed class CircuitControllerTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    private readonly TestHost _host = new();
    private readonly ThresholdOptions _thresholds = new();
    private readonly CircuitController _circuit;

    public CircuitControllerTests() => _circuit = new CircuitController(
        () => _thresholds, _host.Clock, _host.Services.GetRequiredService<DependencyCatalog>().Get("1c").Circuit);

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("FFFF", CircuitState.Closed)]
    [InlineData("FFFFF", CircuitState.Open)]
    [InlineData("FFFFSF", CircuitState.Closed)]
    [InlineData("FFFFSFFFFF", CircuitState.Open)]
    [InlineData("FFFFLF", CircuitState.Open)]
    [InlineData("FFFFF-S", CircuitState.HalfOpen)]
    [InlineData("FFFFF-SS", CircuitState.HalfOpen)]
    [InlineData("FFFFF-SSS", CircuitState.Closed)]
    [InlineData("FFFFF-F", CircuitState.Open)]
    [InlineData("FFFFF-SSF", CircuitState.Open)]
    [InlineData("FFFFF-SSF-SS", CircuitState.HalfOpen)]
    [InlineData("FFFFF-SSF-SSS", CircuitState.Closed)]
    [InlineData("FFFFF-SLS", CircuitState.HalfOpen)]
    [InlineData("FFFFF-SLSS", CircuitState.Closed)]
    [InlineData("FFFFF-SSSFFFF", CircuitState.Closed)]
    [InlineData("FFFFF-SSSFFFFF", CircuitState.Open)]
    public void Calls_one_after_the_other_lead_to_a_state(string calls, CircuitState state)
    {
        foreach (char call in calls)
        {
            if (call == '-')
            {
                _host.Clock.Advance(Pause);
                continue;
            }

            Assert.True(_circuit.TryEnter(out int epoch, out _));
            End(call, epoch);
        }

        Assert.Equal(state, _circuit.State);
    }

    [Fact]
    public void Nothing_goes_out_for_60_seconds_and_it_says_how_long_still()
    {
        Open();

        Assert.False(_circuit.TryEnter(out _, out TimeSpan retryAfter));
        Assert.Equal(Pause, retryAfter);
        _host.Clock.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Assert.False(_circuit.TryEnter(out _, out retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(1), retryAfter);
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_circuit.TryEnter(out _, out _));
    }

    [Fact]
    public void Half_open_it_lets_out_one_call_at_once()
    {
        Open();
        _host.Clock.Advance(Pause);

        Assert.True(_circuit.TryEnter(out int first, out _));
        Assert.False(_circuit.TryEnter(out _, out _));
        _circuit.Succeeded(first);

        Assert.True(_circuit.TryEnter(out _, out _));
    }

    [Fact]
    public void Trial_that_never_comes_back_holds_it_no_longer_than_a_pause_and_says_nothing_later()
    {
        Open();
        _host.Clock.Advance(Pause);
        Assert.True(_circuit.TryEnter(out int lost, out _));
        _host.Clock.Advance(Pause);

        Assert.True(_circuit.TryEnter(out int second, out _));
        _circuit.Failed(lost);
        Assert.Equal(CircuitState.HalfOpen, _circuit.State);
        _circuit.Succeeded(second);

        Assert.Equal(CircuitState.HalfOpen, _circuit.State);
    }

    [Fact]
    public void What_began_before_it_opened_changes_nothing_any_more()
    {
        Assert.True(_circuit.TryEnter(out int slow, out _));
        Open();

        _circuit.Succeeded(slow);
        Assert.Equal(CircuitState.Open, _circuit.State);
        _host.Clock.Advance(Pause);
        Assert.True(_circuit.TryEnter(out _, out _));
        _circuit.Failed(slow);

        Assert.Equal(CircuitState.HalfOpen, _circuit.State);
    }

    [Fact]
    public void Numbers_follow_the_thresholds()
    {
        _thresholds.CircuitBreakerFailureThreshold = 2;
        _thresholds.CircuitBreakerTimeoutSeconds = 5;
        _thresholds.CircuitBreakerSuccessThreshold = 1;
        Assert.True(_circuit.TryEnter(out int epoch, out _));
        _circuit.Failed(epoch);
        _circuit.Failed(epoch);
        Assert.Equal(CircuitState.Open, _circuit.State);

        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_circuit.TryEnter(out epoch, out _));
        _circuit.Succeeded(epoch);

        Assert.Equal(CircuitState.Closed, _circuit.State);
    }

    [Fact]
    public void State_and_changes_of_it_are_on_the_page()
    {
        Assert.Equal(1, State("closed"));
        Assert.Equal(0, Changes("open"));
        Open();
        Assert.Equal((0, 1), (State("closed"), State("open")));
        _host.Clock.Advance(Pause);
        Assert.True(_circuit.TryEnter(out int epoch, out _));
        Assert.Equal((0, 1), (State("open"), State("half_open")));
        _circuit.Failed(epoch);

        Assert.Equal((2, 1, 0), (Changes("open"), Changes("half_open"), Changes("closed")));
        Assert.Equal(1, _host.Sum("mcp_circuit_breaker_state"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Threads_that_call_at_once_leave_it_in_order(int seed)
    {
        _thresholds.CircuitBreakerTimeoutSeconds = 1;
        int rejected = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            var random = new Random((seed * 10) + thread);
            for (int i = 0; i < 5_000; i++)
            {
                if (!_circuit.TryEnter(out int epoch, out _))
                {
                    Interlocked.Increment(ref rejected);
                    _host.Clock.Advance(TimeSpan.FromMilliseconds(100));
                    continue;
                }

                End("FFSL"[random.Next(4)], epoch);
            }
        })));

        Assert.NotEqual(0, rejected);
        double open = Changes("open"), half = Changes("half_open"), closed = Changes("closed");
        Assert.InRange(half, closed, open);
        Assert.Equal(1, _host.Sum("mcp_circuit_breaker_state"));
        // Each way out of open leads through half-open.
        Assert.Equal(State("open"), open - half);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 5)];

    private void Open()
    {
        for (int i = 0; i < 5; i++)
        {
            Assert.True(_circuit.TryEnter(out int epoch, out _));
            _circuit.Failed(epoch);
        }

        Assert.Equal(CircuitState.Open, _circuit.State);
    }

    private void End(char how, int epoch)
    {
        switch (how)
        {
            case 'S':
                _circuit.Succeeded(epoch);
                break;
            case 'F':
                _circuit.Failed(epoch);
                break;
            default:
                _circuit.Left(epoch);
                break;
        }
    }

    private double State(string state) => _host.Sample("mcp_circuit_breaker_state", ("dependency", "1c"), ("state", state));

    private double Changes(string to) => _host.Sample("mcp_circuit_breaker_transitions_total", ("dependency", "1c"), ("to", to));
}
