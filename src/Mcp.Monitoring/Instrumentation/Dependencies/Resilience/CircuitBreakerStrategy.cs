using Mcp.Monitoring.Instrumentation.Dependencies.Database;
using Mcp.Monitoring.Operations;
using Polly;
using Polly.CircuitBreaker;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

/// <summary>The circuit breaker of the house as a strategy of Polly: opened by failures in a row and closed by successes in a row, where Polly's own goes by shares and closes
/// on the first success.</summary>
internal sealed class CircuitBreakerStrategy(Dependency dependency, CircuitController controller, Func<object?, bool> isFailure) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        if (!controller.TryEnter(out int epoch, out TimeSpan retryAfter))
        {
            return Outcome.FromException<TResult>(Rejected(retryAfter));
        }

        Outcome<TResult> outcome;
        try
        {
            outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (Exception exception)
        {
            outcome = Outcome.FromException<TResult>(exception);
        }

        if (outcome.Exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested)
        {
            controller.Left(epoch);
        }
        else if (outcome.Exception is { } failure ? IsFailure(failure) : isFailure(outcome.Result))
        {
            controller.Failed(epoch);
        }
        else
        {
            controller.Succeeded(epoch);
        }

        return outcome;
    }

    // Who called wrongly has not met an outage.
    private bool IsFailure(Exception exception) => !SqlStates.IsRefusedStatement(exception)
        && dependency.Monitor.Classify(exception).Outcome is OperationOutcome.ServerError or OperationOutcome.ToolError;

    private BrokenCircuitException Rejected(TimeSpan retryAfter)
    {
        var rejected = new BrokenCircuitException($"The circuit breaker of '{dependency.Name}' is open: its calls failed. It lets one through again in {Math.Ceiling(retryAfter.TotalSeconds)} s.", retryAfter);
        dependency.Circuit.Rejected();
        DependencyFailure.Add(rejected, dependency.Failure(ErrorType.CircuitBreaker));
        return rejected;
    }
}
