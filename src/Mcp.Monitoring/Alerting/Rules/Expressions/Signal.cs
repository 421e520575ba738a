using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What the process knows of itself and is no metric; 0 where nobody says anything.</summary>
internal sealed record Signal(string Name) : Expression
{
    // Others count what goes on.
    public override bool IsIntensity => Name == Inputs.SignalNames.ThreadPoolQueue;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new SignalNode(Name, labelSets);

    // Nobody outside knows of it: there it is as where nobody says anything.
    public override string ToPromQL(IReadOnlyList<string> by) => "vector(0)";
}
