using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The seconds that calls of an operation should keep: its own target, else what is usual; never below the floor.</summary>
internal sealed record LatencyTarget(double Usual, double Floor) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new LatencyTargetNode(this, labelSets);

    // The targets of operations are known in the process only.
    public override string ToPromQL(IReadOnlyList<string> by) => Text(Math.Max(Usual, Floor));
}
