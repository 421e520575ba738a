using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Slo;

/// <summary>The objectives that an operation has by its attribute.</summary>
internal static class OwnObjectives
{
    /// <summary>The share of an operation's calls that must keep the latency target of its attribute.</summary>
    private const decimal LatencyTarget = 0.95m;

    /// <param name="operation">The operation; of what clients cannot ask for there are none.</param>
    /// <param name="countsToolErrors">Whether a tool's own error is bad for availability.</param>
    public static IEnumerable<SloDefinition> Of(Operation operation, bool countsToolErrors)
    {
        if (!SloIndicator.IsCounted(operation.Type))
        {
            yield break;
        }

        string name = $"{operation.Type.Label()}/{operation.Name}";
        if (operation.Traits.Availability is { } availability)
        {
            var indicator = new SloIndicator(SloKind.Availability, 0, operation.Name, operation.Type, countsToolErrors);
            yield return new SloDefinition($"{name}/availability", indicator, (decimal)availability);
        }

        if (operation.Traits.LatencyTargetMs is { } target)
        {
            var indicator = new SloIndicator(SloKind.Latency, target / 1000, operation.Name, operation.Type);
            yield return new SloDefinition($"{name}/latency", indicator, LatencyTarget);
        }
    }
}
