using System.Collections.Frozen;
using Mcp.Monitoring.Metrics.Registry;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

/// <summary>What is known of the circuit breaker of one dependency; its series exist from the first word of it.</summary>
internal sealed class Circuit
{
    private static readonly FrozenDictionary<CircuitState, string> Labels = new Dictionary<CircuitState, string>
    {
        [CircuitState.Closed] = "closed",
        [CircuitState.HalfOpen] = "half_open",
        [CircuitState.Open] = "open",
        [CircuitState.Isolated] = "isolated",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<CircuitState, Counter> _transitions;
    private readonly Counter _rejected;
    private int _state = (int)CircuitState.Closed;

    public Circuit(string dependency, DependencyFamilies families)
    {
        foreach ((CircuitState state, string label) in Labels)
        {
            families.CircuitState.With(dependency, label).Source = () => Volatile.Read(ref _state) == (int)state ? 1 : 0;
        }

        _transitions = Labels.ToFrozenDictionary(static known => known.Key, known => families.CircuitTransitions.With(dependency, known.Value));
        _rejected = families.CircuitRejected.With(dependency);
    }

    public static bool IsKnown(CircuitState state) => Labels.ContainsKey(state);

    public void Become(CircuitState state)
    {
        if (Interlocked.Exchange(ref _state, (int)state) != (int)state)
        {
            _transitions[state].Increment();
        }
    }

    public void Rejected() => _rejected.Increment();
}
