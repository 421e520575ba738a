using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>A kind of call of a dependency, with the histograms of its outcomes.</summary>
internal sealed class DependencyCall(Dependency dependency, Histogram[] durations)
{
    public Dependency Dependency => dependency;

    public DependencyCallScope Begin() => new(this, dependency.Context(), dependency.Monitor.Clock.Timestamp);

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
}
