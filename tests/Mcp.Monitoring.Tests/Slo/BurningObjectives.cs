using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Tests.Slo;

/// <summary>What rules ask of an objective, in plain words.</summary>
internal static class BurningObjectives
{
    public static bool Holds(this BurnCondition condition, Objective objective)
    {
        SloEvents events = objective.Events(condition.Long);
        return events.Total >= objective.Definition.MinimumCalls
            && events.Bad >= objective.Definition.MinimumFailures
            && objective.BurnRate(condition.Long) > condition.Factor
            && objective.BurnRate(condition.Short) > condition.Factor;
    }
}
