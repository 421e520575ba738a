using Mcp.Monitoring.Alerts.Rules.Inputs;

namespace Mcp.Monitoring.Alerts.Engine;

internal sealed class NoObjectives : IObjectiveBook
{
    public static NoObjectives Instance { get; } = new();

    public IReadOnlyList<IObjective> Objectives { get; } = [];
}
