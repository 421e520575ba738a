using Polly.CircuitBreaker;

namespace Mcp.Monitoring;

/// <summary>Is told what circuit breakers do, of any library: Polly's by <c>options.ObserveCircuit(observer, "1c")</c>, others by code. It never waits, so it may be called inside a
/// breaker's lock. A singleton; take it from the services.</summary>
public interface ICircuitObserver
{
    /// <summary>Takes note of the state that a breaker is in now: <c>mcp_circuit_breaker_state</c> and, if it was in another, <c>mcp_circuit_breaker_transitions_total</c>.</summary>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="state"/> is none of the list.</exception>
    void OnState(string dependency, CircuitState state);

    /// <summary>Counts a call that a breaker did not let out, in <c>mcp_circuit_breaker_rejected_total</c>. Calls through a monitored client that end with Polly's
    /// <see cref="BrokenCircuitException"/> are counted without it.</summary>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name.</param>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    void OnRejected(string dependency);
}
