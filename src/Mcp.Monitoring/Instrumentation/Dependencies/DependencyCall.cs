using System.Diagnostics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>A kind of call of a dependency, with the histograms of its outcomes.</summary>
internal sealed class DependencyCall(Dependency dependency, Histogram[] durations, string? name = null)
{
    public Dependency Dependency => dependency;

    /// <param name="span">Its span, which ends with it.</param>
    /// <param name="duration">How long it took so far.</param>
    public DependencyCallScope Begin(Activity? span = null, TimeSpan duration = default)
    {
        MonitoringClock clock = dependency.Monitor.Clock;
        return new DependencyCallScope(this, dependency.Context(), clock.Timestamp - clock.ToTicks(duration), span);
    }

    /// <summary>Begins a call with a span where it is seen.</summary>
    public DependencyCallScope BeginTraced() => Begin(dependency.Spans.AreWanted ? StartSpan() : null);

    /// <summary>Measures a call. What it throws goes on as it was thrown.</summary>
    public T Run<TState, T>(TState state, Func<TState, T> call)
    {
        DependencyCallScope scope = Begin();
        T result;
        try
        {
            result = call(state);
        }
        catch (Exception exception) when (scope.Fail(exception))
        {
            throw;
        }

        scope.Succeed();
        return result;
    }

    public async Task<T> RunAsync<TState, T>(TState state, Func<TState, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        DependencyCallScope scope = Begin();
        T result;
        try
        {
            result = await call(state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (scope.Fail(exception))
        {
            throw;
        }

        scope.Succeed();
        return result;
    }

    public void Ended(long start, OperationContext? context, CallOutcome outcome, DependencyFailure? failure)
    {
        long ticks = Math.Max(0, dependency.Monitor.Clock.Timestamp - start);
        durations[(int)outcome].Observe(ticks);
        if (context?.Root is { } root)
        {
            dependency.AddTime(root.Operation, ticks);
        }

        if (outcome == CallOutcome.Success)
        {
            dependency.Answered(isUp: true);
            context?.CallSucceeded(dependency.Name);
        }
        else if (failure is not null)
        {
            context?.CallFailed(failure);
            if (outcome is CallOutcome.Error or CallOutcome.Timeout)
            {
                dependency.Answered(isUp: false);
            }
        }
    }

    private Activity? StartSpan()
    {
        Activity? span = dependency.Spans.Start($"{name} {dependency.Name}", "integration");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(DependencySpans.DependencyTag, dependency.Name);
        }

        return span;
    }
}
