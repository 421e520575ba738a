namespace Mcp.Monitoring;

/// <summary>A system that tools call by a protocol of its own. Its calls are in <c>mcp_integration_call_duration_seconds</c>, and a tool that fails by one names it.</summary>
public interface IMcpIntegration
{
    /// <summary>Gets the label <c>dependency</c>.</summary>
    string Name { get; }

    /// <summary>Measures a call. What it throws goes on as it was thrown; the outcome is <c>error</c>, <c>timeout</c>, <c>rejected</c> for an open circuit breaker, or
    /// <c>cancelled</c> where the client of the tool took its request back.</summary>
    /// <param name="call">The label <c>call</c>, a fixed name; at most 100 are told apart. <c>connect</c> is also counted in <c>mcp_integration_connections_total</c>.</param>
    /// <param name="work">The call.</param>
    /// <param name="cancellationToken">Handed to it.</param>
    /// <exception cref="ArgumentException"><paramref name="call"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is <see langword="null"/>.</exception>
    ValueTask RunAsync(string call, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken);

    /// <inheritdoc cref="RunAsync(string, Func{CancellationToken, ValueTask}, CancellationToken)"/>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <returns>What the call returned.</returns>
    ValueTask<T> RunAsync<T>(string call, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Says how many sessions there are in a state, in <c>mcp_integration_sessions</c>.</summary>
    /// <param name="state">The label <c>state</c>, such as <c>active</c>; at most 20 are told apart.</param>
    /// <param name="count">How many, 0 or more.</param>
    /// <exception cref="ArgumentException"><paramref name="state"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    void SetSessions(string state, long count);
}
