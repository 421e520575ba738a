using Mcp.Monitoring;

namespace Polly.CircuitBreaker;

/// <summary>Has circuit breakers of Polly observed.</summary>
public static class McpMonitoringCircuitBreakerExtensions
{
    /// <summary>Tells an observer of each state that a circuit breaker of this strategy comes into. What the options call already is called as well.
    /// <code>
    /// builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions().ObserveCircuit(observer, "1c"));
    /// </code>
    /// </summary>
    /// <typeparam name="TResult">What the strategy handles.</typeparam>
    /// <param name="options">The options of the strategy; they may be used for one breaker only, as Polly has it of its own.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="dependency">The label <c>dependency</c>, a fixed name.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="observer"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="dependency"/> is <see langword="null"/>, empty or white space.</exception>
    public static CircuitBreakerStrategyOptions<TResult> ObserveCircuit<TResult>(
        this CircuitBreakerStrategyOptions<TResult> options, ICircuitObserver observer, string dependency)
    {
        Observe(options, observer, dependency);
        return options;
    }

    /// <inheritdoc cref="ObserveCircuit{TResult}"/>
    public static CircuitBreakerStrategyOptions ObserveCircuit(this CircuitBreakerStrategyOptions options, ICircuitObserver observer, string dependency)
    {
        Observe(options, observer, dependency);
        return options;
    }

    private static void Observe<TResult>(CircuitBreakerStrategyOptions<TResult> options, ICircuitObserver observer, string dependency)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        observer.OnState(dependency, CircuitState.Closed);
        options.OnOpened = Both(options.OnOpened, opened => observer.OnState(dependency, opened.IsManual ? CircuitState.Isolated : CircuitState.Open));
        options.OnClosed = Both(options.OnClosed, _ => observer.OnState(dependency, CircuitState.Closed));
        options.OnHalfOpened = Both(options.OnHalfOpened, _ => observer.OnState(dependency, CircuitState.HalfOpen));
    }

    // The observer is told whatever becomes of the host's own callback, and does not wait for it: Polly holds its lock meanwhile.
    private static Func<TArguments, ValueTask> Both<TArguments>(Func<TArguments, ValueTask>? own, Action<TArguments> tell) => arguments =>
    {
        tell(arguments);
        return own?.Invoke(arguments) ?? ValueTask.CompletedTask;
    };
}
